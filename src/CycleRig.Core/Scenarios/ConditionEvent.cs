namespace CycleRig.Core.Scenarios;

/// <summary>Something that happens to a simulated chamber or press by itself; a closed family of plain data, in rig time.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">How long it acts, or how long its ramp takes; what a ramp ends at stays.</param>
public abstract record ConditionEvent(TimeSpan Begins, TimeSpan Lasts)
{
    /// <summary>Whether it acts: from its beginning until just before its end.</summary>
    public bool Acts(TimeSpan now) => now >= Begins && now - Begins < Lasts;

    /// <summary>How much of its time has passed: zero before it, <see cref="Lasts"/> after it.</summary>
    public TimeSpan Elapsed(TimeSpan now) => now <= Begins ? TimeSpan.Zero : now - Begins < Lasts ? now - Begins : Lasts;

    /// <summary>Share of its ramp that is done, 0 to 1. A ramp without length is a step.</summary>
    public double Progress(TimeSpan now) => Lasts > TimeSpan.Zero ? Elapsed(now) / Lasts : now >= Begins ? 1 : 0;
}

/// <summary>An event of a chamber.</summary>
public abstract record ChamberEvent(TimeSpan Begins, TimeSpan Lasts) : ConditionEvent(Begins, Lasts);

/// <summary>The door stands open: air goes towards ambient, the controller works against it.</summary>
public sealed record DoorOpen(TimeSpan Begins, TimeSpan Lasts) : ChamberEvent(Begins, Lasts);

/// <summary>The heater's relay is welded: the air warms whatever the controller says.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">Until somebody cuts its power.</param>
/// <param name="KelvinsPerMinute">Rate of the air; above 0.</param>
public sealed record HeaterStuckOn(TimeSpan Begins, TimeSpan Lasts, double KelvinsPerMinute) : ChamberEvent(Begins, Lasts);

/// <summary>The controller's own sensor drifts, so that it holds another temperature than its set-point.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">Length of the ramp.</param>
/// <param name="Kelvins">What the air ends at above the set-point.</param>
public sealed record ControllerDrift(TimeSpan Begins, TimeSpan Lasts, double Kelvins) : ChamberEvent(Begins, Lasts);

/// <summary>The chamber's own program moves its set-point; what it reads back moves too.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">Length of the ramp.</param>
/// <param name="Kelvins">What is added to the set-point that the host wrote.</param>
public sealed record TargetProgram(TimeSpan Begins, TimeSpan Lasts, double Kelvins) : ChamberEvent(Begins, Lasts);

/// <summary>The probe that the host reads drifts; the air does not.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">Length of the ramp.</param>
/// <param name="Kelvins">What it ends at above the truth.</param>
public sealed record ProbeDrift(TimeSpan Begins, TimeSpan Lasts, double Kelvins) : ChamberEvent(Begins, Lasts);

/// <summary>The probe that the host reads is open: no reading.</summary>
public sealed record ProbeBreak(TimeSpan Begins, TimeSpan Lasts) : ChamberEvent(Begins, Lasts);

/// <summary>An event of a press.</summary>
public abstract record PressEvent(TimeSpan Begins, TimeSpan Lasts) : ConditionEvent(Begins, Lasts);

/// <summary>A leak that the press cannot make good: what is lost stays lost, in proportion to the set-point.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">Until it is sealed.</param>
/// <param name="SharePerMinute">Rate of loss, share of the pressure that is there; 0.01 to 0.5 for 1-50 %/min.</param>
public sealed record PressLeak(TimeSpan Begins, TimeSpan Lasts, double SharePerMinute) : PressEvent(Begins, Lasts);

/// <summary>A knock: a step that decays.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">Time in which it decays to 1/e.</param>
/// <param name="Megapascals">Height, either sign.</param>
public sealed record PressureSpike(TimeSpan Begins, TimeSpan Lasts, double Megapascals) : PressEvent(Begins, Lasts);

/// <summary>The press is opened: no pressure until it is closed, which loads the stack anew.</summary>
public sealed record PressOpening(TimeSpan Begins, TimeSpan Lasts) : PressEvent(Begins, Lasts);

/// <summary>Somebody turns the bolts: a lasting step.</summary>
/// <param name="Begins">Nothing before it.</param>
/// <param name="Lasts">How long the turning takes.</param>
/// <param name="Megapascals">What is added, either sign.</param>
public sealed record Retorque(TimeSpan Begins, TimeSpan Lasts, double Megapascals) : PressEvent(Begins, Lasts);

/// <summary>One cell gives way: the others in the press take over what it carried.</summary>
/// <param name="Begins">When it gives way.</param>
/// <param name="Cell">Which of the cells in the press, from 0 in the order of the rig file.</param>
/// <param name="Share">Share of its own pressure that it loses, 0 to 1.</param>
public sealed record CellCollapse(TimeSpan Begins, int Cell, double Share) : PressEvent(Begins, TimeSpan.Zero);

/// <summary>The force sensor is dead: no reading.</summary>
public sealed record SensorDead(TimeSpan Begins, TimeSpan Lasts) : PressEvent(Begins, Lasts);

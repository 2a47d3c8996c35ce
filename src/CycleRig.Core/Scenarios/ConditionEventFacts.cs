using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Scenarios;

/// <summary>What files say of an event of a chamber or a press.</summary>
/// <param name="Name">As written in files.</param>
/// <param name="OfPress">Whether it is a press's.</param>
/// <param name="HasSize">Whether it has a size.</param>
/// <param name="Size">Dimension of the size, or null for a bare number.</param>
/// <param name="SizeMin">Smallest size, SI.</param>
/// <param name="SizeMax">Largest size, SI.</param>
/// <param name="Lasts">Whether it has a duration.</param>
/// <param name="Make">Makes the event of its begin, duration, size and (for a collapse) cell from 0.</param>
public sealed record ConditionEventFacts(
    string Name, bool OfPress, bool HasSize, Dimension? Size, double SizeMin, double SizeMax, bool Lasts,
    Func<TimeSpan, TimeSpan, double, int, ConditionEvent> Make)
{
    private const double PascalsPerMegapascal = 1e6;

    /// <summary>Every event, in the order of the documentation.</summary>
    public static ImmutableArray<ConditionEventFacts> All { get; } =
    [
        new("door", false, false, null, 0, 0, true, (at, lasts, _, _) => new DoorOpen(at, lasts)),
        new("heater_stuck_on", false, true, Dimension.TemperatureDifference, 0.01, 30, true, (at, lasts, size, _) => new HeaterStuckOn(at, lasts, size)),
        new("controller_drift", false, true, Dimension.TemperatureDifference, -50, 50, true, (at, lasts, size, _) => new ControllerDrift(at, lasts, size)),
        new("program", false, true, Dimension.TemperatureDifference, -50, 50, true, (at, lasts, size, _) => new TargetProgram(at, lasts, size)),
        new("probe_drift", false, true, Dimension.TemperatureDifference, -50, 50, true, (at, lasts, size, _) => new ProbeDrift(at, lasts, size)),
        new("probe_break", false, false, null, 0, 0, true, (at, lasts, _, _) => new ProbeBreak(at, lasts)),
        new("leak", true, true, null, 0, 1, true, (at, lasts, size, _) => new PressLeak(at, lasts, size)),
        new("spike", true, true, Dimension.Pressure, -1e8, 1e8, true, (at, lasts, size, _) => new PressureSpike(at, lasts, size / PascalsPerMegapascal)),
        new("opening", true, false, null, 0, 0, true, (at, lasts, _, _) => new PressOpening(at, lasts)),
        new("retorque", true, true, Dimension.Pressure, -1e8, 1e8, true, (at, lasts, size, _) => new Retorque(at, lasts, size / PascalsPerMegapascal)),
        new("collapse", true, true, null, 0, 1, false, (at, _, size, cell) => new CellCollapse(at, cell, size)),
        new("sensor_dead", true, false, null, 0, 0, true, (at, lasts, _, _) => new SensorDead(at, lasts)),
    ];

    /// <summary>The facts of a name, or null.</summary>
    public static ConditionEventFacts? Find(string name, bool ofPress) => All.FirstOrDefault(facts => facts.Name == name && facts.OfPress == ofPress);
}

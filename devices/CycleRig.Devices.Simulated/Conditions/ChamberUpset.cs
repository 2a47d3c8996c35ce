using System.Collections.Immutable;
using System.Diagnostics;
using CycleRig.Core.Scenarios;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>What events do to a chamber at one moment. The default is nothing.</summary>
/// <param name="DoorOpen">Air mixes with the room's.</param>
/// <param name="StuckKelvinsPerMinute">Rate of a heater that is stuck on, or null.</param>
/// <param name="ControllerKelvins">The controller holds this much more than its set-point.</param>
/// <param name="ProgramKelvins">Added to the host's set-point.</param>
/// <param name="ProbeKelvins">The probe reads this much more.</param>
/// <param name="ProbeBroken">There is no reading.</param>
public readonly record struct ChamberUpset(
    bool DoorOpen, double? StuckKelvinsPerMinute, double ControllerKelvins, double ProgramKelvins, double ProbeKelvins, bool ProbeBroken)
{
    /// <summary>Everything that acts now; drifts and programs add up, of two stuck heaters the faster counts.</summary>
    public static ChamberUpset At(ImmutableArray<ChamberEvent> events, TimeSpan now)
    {
        var upset = default(ChamberUpset);
        foreach (var happening in events)
        {
            upset = happening switch
            {
                DoorOpen open => upset with { DoorOpen = upset.DoorOpen || open.Acts(now) },
                HeaterStuckOn stuck when stuck.Acts(now) =>
                    upset with { StuckKelvinsPerMinute = Math.Max(upset.StuckKelvinsPerMinute ?? 0, stuck.KelvinsPerMinute) },
                HeaterStuckOn => upset,
                ControllerDrift drift => upset with { ControllerKelvins = upset.ControllerKelvins + (drift.Kelvins * drift.Progress(now)) },
                TargetProgram program => upset with { ProgramKelvins = upset.ProgramKelvins + (program.Kelvins * program.Progress(now)) },
                ProbeDrift drift => upset with { ProbeKelvins = upset.ProbeKelvins + (drift.Kelvins * drift.Progress(now)) },
                ProbeBreak broken => upset with { ProbeBroken = upset.ProbeBroken || broken.Acts(now) },
                _ => throw new UnreachableException($"No chamber knows {happening.GetType().Name}."),
            };
        }

        return upset;
    }
}

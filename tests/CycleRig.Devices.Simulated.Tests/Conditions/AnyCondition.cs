using System.Collections.Immutable;
using CsCheck;
using CycleRig.Core.Scenarios;

namespace CycleRig.Devices.Simulated.Tests.Conditions;

/// <summary>Generators: whatever may happen to a chamber or a press of three cells within a quarter of an hour.</summary>
internal static class AnyCondition
{
    private static readonly Gen<(TimeSpan Begins, TimeSpan Lasts)> When =
        Gen.Select(Gen.Int[0, 900], Gen.OneOf(Gen.Int[0, 600], Gen.Const(0)), (begins, lasts) => (TimeSpan.FromSeconds(begins), TimeSpan.FromSeconds(lasts)));

    private static readonly Gen<double> Kelvins = Gen.Double[-1000, 1000];

    public static readonly Gen<ImmutableArray<ChamberEvent>> Chamber = Gen.OneOf<ChamberEvent>(
        When.Select(when => (ChamberEvent)new DoorOpen(when.Begins, when.Lasts)),
        Gen.Select(When, Gen.Double[0, 100], (when, rate) => (ChamberEvent)new HeaterStuckOn(when.Begins, when.Lasts, rate)),
        Gen.Select(When, Kelvins, (when, kelvins) => (ChamberEvent)new ControllerDrift(when.Begins, when.Lasts, kelvins)),
        Gen.Select(When, Kelvins, (when, kelvins) => (ChamberEvent)new TargetProgram(when.Begins, when.Lasts, kelvins)),
        Gen.Select(When, Kelvins, (when, kelvins) => (ChamberEvent)new ProbeDrift(when.Begins, when.Lasts, kelvins)),
        When.Select(when => (ChamberEvent)new ProbeBreak(when.Begins, when.Lasts))).Array[0, 8].Select(events => events.ToImmutableArray());

    public static readonly Gen<ImmutableArray<PressEvent>> Press = Gen.OneOf<PressEvent>(
        Gen.Select(When, Gen.Double[0, 10], (when, share) => (PressEvent)new PressLeak(when.Begins, when.Lasts, share)),
        Gen.Select(When, Gen.Double[-50, 50], (when, size) => (PressEvent)new PressureSpike(when.Begins, when.Lasts, size)),
        When.Select(when => (PressEvent)new PressOpening(when.Begins, when.Lasts)),
        Gen.Select(When, Gen.Double[-50, 50], (when, size) => (PressEvent)new Retorque(when.Begins, when.Lasts, size)),
        Gen.Select(When, Gen.Int[0, 2], Gen.Double[0, 1], (when, cell, share) => (PressEvent)new CellCollapse(when.Begins, cell, share)),
        When.Select(when => (PressEvent)new SensorDead(when.Begins, when.Lasts))).Array[0, 8].Select(events => events.ToImmutableArray());
}

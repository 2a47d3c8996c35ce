using System.Collections.Immutable;
using System.Diagnostics;
using CycleRig.Core.Scenarios;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>What events do to a press at one moment. The default is nothing.</summary>
/// <param name="Open">There is no pressure.</param>
/// <param name="LostShare">Share of the pressure that leaks have taken, 0 to 1.</param>
/// <param name="AddedMegapascals">What spikes and bolts add.</param>
/// <param name="SensorDead">There is no reading.</param>
public readonly record struct PressUpset(bool Open, double LostShare, double AddedMegapascals, bool SensorDead)
{
    /// <summary>Everything that acts now. Collapses are not in it: see <see cref="Collapses"/>.</summary>
    public static PressUpset At(ImmutableArray<PressEvent> events, TimeSpan now)
    {
        var upset = default(PressUpset);
        foreach (var happening in events)
        {
            upset = happening switch
            {
                PressOpening opening => upset with { Open = upset.Open || opening.Acts(now) },
                PressLeak leak => upset with
                {
                    LostShare = 1 - ((1 - upset.LostShare) * Math.Exp(-leak.SharePerMinute * leak.Elapsed(now).TotalMinutes)),
                },
                PressureSpike spike => upset with { AddedMegapascals = upset.AddedMegapascals + Left(spike, now) },
                Retorque turned => upset with { AddedMegapascals = upset.AddedMegapascals + (turned.Megapascals * turned.Progress(now)) },
                SensorDead dead => upset with { SensorDead = upset.SensorDead || dead.Acts(now) },
                CellCollapse => upset,
                _ => throw new UnreachableException($"No press knows {happening.GetType().Name}."),
            };
        }

        return upset;
    }

    /// <summary>Cells that give way from a moment on to just before another.</summary>
    public static IEnumerable<CellCollapse> Collapses(ImmutableArray<PressEvent> events, TimeSpan from, TimeSpan to) =>
        events.OfType<CellCollapse>().Where(collapse => collapse.Begins >= from && collapse.Begins < to);

    private static double Left(PressureSpike spike, TimeSpan now) =>
        now >= spike.Begins && spike.Lasts > TimeSpan.Zero ? spike.Megapascals * Math.Exp(-((now - spike.Begins) / spike.Lasts)) : 0;
}

using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Files.Scenarios;

namespace CycleRig.Devices.Simulated.Populations;

/// <summary>Draws the groups of a population, each from the seed and its own number: one more changes none before it.</summary>
public static class PopulationDraw
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>Groups whose cells make at least so many recordings.</summary>
    /// <param name="population">Kinds and their shares.</param>
    /// <param name="count">Recordings wanted.</param>
    /// <param name="seed">Seed.</param>
    public static ImmutableArray<DrawnGroup> Groups(Population population, int count, int seed)
    {
        var groups = ImmutableArray.CreateBuilder<DrawnGroup>();
        var total = population.Groups.Sum(group => group.Share / group.Cells);
        for (var made = 0; made < count;)
        {
            var draw = new Draw(seed, $"group {groups.Count}");
            // Shares are of recordings: a group of many cells comes less often.
            var pick = draw.Uniform() * total;
            var group = population.Groups[^1];
            foreach (var known in population.Groups)
            {
                if ((pick -= known.Share / known.Cells) < 0)
                {
                    group = known;
                    break;
                }
            }

            groups.Add(Group(population.Name, group, groups.Count + 1, Math.Min(group.Cells, count - made), draw));
            made += group.Cells;
        }

        return groups.ToImmutable();
    }

    /// <summary>Names say nothing of the kind: a recording must not tell what its truth is.</summary>
    private static DrawnGroup Group(string population, PopulationGroup group, int number, int recorded, Draw draw)
    {
        var (chamber, press) = ($"chamber-{number}", $"press-{number}");
        var chambers = ImmutableArray.Create(new ConditionDescription(chamber, -50, 200, 30, Events(group.ChamberEvents, false, draw)));
        ImmutableArray<ConditionDescription> presses = group.HasPress ? [new(press, 0, 100, 5, Events(group.PressEvents, true, draw))] : [];
        var protocol = Protocol(population, group, draw);
        var channels = ImmutableArray.CreateBuilder<ChannelDescription>();
        var scripts = ImmutableDictionary.CreateBuilder<string, CellScript>();
        for (var i = 1; i <= group.Cells; i++)
        {
            var name = $"ch-{i}";
            channels.Add(new(name, $"output-{i}", chamber, group.HasPress ? press : null, SimulatedCellSection.Instrument, group.Cell with { Id = $"{population}-{number}-{i}" }, null));
            scripts[name] = new(group.Parameters, Upsets(group.Upsets, draw), group.Rates);
        }

        return new(group.Name, number, recorded, new($"group-{number}", number, chambers, presses, channels.ToImmutable()), protocol, scripts.ToImmutable());
    }

    private static ImmutableArray<ConditionEvent> Events(ImmutableArray<HappeningLaw> laws, bool ofPress, Draw draw) =>
    [
        .. laws.Where(law => draw.Chance(law.Chance)).Select(law => ConditionEventFacts.Find(law.Name, ofPress)!.Make(
            Seconds(law.At, draw), Seconds(law.For, draw), CellKinds.Value(law.Size, draw), law.Cell)),
    ];

    private static ImmutableArray<ChannelUpset> Upsets(ImmutableArray<HappeningLaw> laws, Draw draw) =>
    [
        .. laws.Where(law => draw.Chance(law.Chance)).Select(law => new ChannelUpset(
            UpsetFacts.Find(law.Name)!.Kind, Seconds(law.At, draw), Seconds(law.For, draw), CellKinds.Value(law.Size, draw))),
    ];

    private static Protocol Protocol(string name, PopulationGroup group, Draw draw)
    {
        var sweep = new SuperimposedSweep(
            new(new(group.Sweep.HighestHertz), new(group.Sweep.LowestHertz), group.Sweep.PointsPerDecade, group.Sweep.Cycles),
            new(group.Sweep.Amplitude), Seconds(group.Sweep.EverySeconds, draw));
        var steps = new List<Step>
        {
            new Settle("settle", Temperature.FromCelsius(30), new(0.5), group.HasPress ? Pressure.FromMegapascals(5) : null, new(2e5), Settling, TimeSpan.FromHours(1)),
        };
        foreach (var step in group.Program)
            Add(step, steps, sweep, draw);
        return new(name, [.. steps], SafetyTerms.Default with { BlindLimit = TimeSpan.FromDays(1) });
    }

    private static void Add(ProgramStep step, List<Step> steps, SuperimposedSweep sweep, Draw draw)
    {
        for (var i = 0; i < step.Times && !step.Cycle.IsEmpty; i++)
        {
            foreach (var inner in step.Cycle)
                Add(inner, steps, sweep, draw);
        }

        if (!step.Cycle.IsEmpty)
            return;
        var label = $"step-{steps.Count}";
        var time = Seconds(step.Seconds, draw);
        if (step.Sign != 0)
            steps.Add(new Galvanostatic(label, new(step.Sign * CellKinds.Value(step.Density, draw)), new(time, null, null), sweep));
        else
            Rest(label, time, steps, sweep);
    }

    /// <summary>A rest is watched as the current is: a sweep around zero current in each period.</summary>
    private static void Rest(string label, TimeSpan time, List<Step> steps, SuperimposedSweep sweep)
    {
        var every = sweep.Every!.Value;
        var between = every - TimeSpan.FromSeconds(StepExposure.SweepSeconds(sweep.Range, SimulatedCellSection.Instrument));
        var count = between > TimeSpan.Zero ? (int)(time / every) : 0;
        for (var i = 0; i < count; i++)
        {
            steps.Add(new GalvanostaticImpedance($"{label}-{i}-geis", sweep.Range, sweep.Amplitude));
            steps.Add(new Rest($"{label}-{i}-rest", between));
        }

        if (time - (count * every) is var left && left > TimeSpan.Zero)
            steps.Add(new Rest($"{label}-end", left));
    }

    private static TimeSpan Seconds(Distribution law, Draw draw) => TimeSpan.FromSeconds(Math.Max(0, Math.Round(CellKinds.Value(law, draw))));
}

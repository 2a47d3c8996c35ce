using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>Reads a population file: kinds of recordings and how each is drawn.</summary>
public static class PopulationFile
{
    private const double DensityMax = 500; // A/m², 50 mA/cm²
    private const double SecondsMax = 10 * 86_400.0;
    private const double ProgramSecondsMax = 50 * 86_400.0;
    private const int CellsMax = 64;
    private const int CyclesMax = 1000;

    /// <exception cref="FileProblemsException">Anything in the file is wrong.</exception>
    public static Population Read(string path) => YamlFile.Read(path, file =>
    {
        if (file.IsOfKind("scenario", "a scenario; give it without --population"))
            return new Population("", []); // Nobody sees it: what was reported is thrown.
        file.Count("format", 1, 1);
        var name = file.Name("population", "mixed");
        var sweep = Sweep(file.Map("geis"));
        var groups = file.List("groups", "groups such as `- {kind: contact, surface: untreated, program: [...]}`").Select(map => Group(map, sweep)).ToImmutableArray();
        return new Population(name, groups);
    });

    private static PopulationGroup Group(YamlMap map, SweepLaw otherwise)
    {
        var kind = map.Name("kind", "dendrite");
        var share = map.Has("share") ? map.Number("share") : 1;
        if (share <= 0)
            map.Report("share", "a share is above 0; write a larger one or leave the group out");
        var cells = map.Count("cells", 1, CellsMax, 1);
        var cell = SimulatedCellSection.Read(map, kind);
        var press = !map.Has("press") || map.Choice("press", ("yes", true), ("none", false));
        var (upsets, rates) = HappeningSection.Upsets(map);
        var chamber = map.OptionalMap("chamber");
        var stack = map.OptionalMap("stack");
        if (stack is not null && !press)
            map.Report("stack", "the group has no press, whose events these would be; leave `stack` or `press: none` out");
        var program = Steps(map);
        if (Seconds(program) > ProgramSecondsMax)
            map.Report("program", $"the program lasts more than {ProgramSecondsMax / 86_400:F0} d; lower a count or a time");
        return new(
            kind, share, cells, cell, press, ParameterSection.Read(map, cell), program,
            map.OptionalMap("geis") is { } own ? Sweep(own) : otherwise,
            chamber is null ? [] : HappeningSection.Events(chamber, ofPress: false, cells),
            stack is null ? [] : HappeningSection.Events(stack, ofPress: true, cells),
            upsets, rates);
    }

    private static ImmutableArray<ProgramStep> Steps(YamlMap map) =>
        [.. map.List("program", "steps such as `- plate: {current_density: 0.5 mA/cm², time: 2 h}`").Select(entry => Step(entry, isInCycle: false)).OfType<ProgramStep>()];

    private static ProgramStep? Step(YamlMap entry, bool isInCycle)
    {
        if (entry.OnlyKey("step") is not { } kind)
            return null;
        var step = entry.Map(kind);
        switch (kind)
        {
            case "rest":
                return new(0, new Fixed(0), Seconds(step), 1, []);
            case "plate" or "strip":
                return new(kind == "plate" ? -1 : 1, DistributionSection.Read(step, "current_density", Dimension.CurrentDensity, 1e-3, DensityMax), Seconds(step), 1, []);
            case "cycle" when isInCycle:
                entry.Report("a cycle stands in a cycle; write its steps out");
                step.IgnoreRest();
                return null;
            case "cycle":
                return new(0, new Fixed(0), new Fixed(0), step.Count("count", 1, CyclesMax), [.. step.List("steps", "steps").Select(each => Step(each, isInCycle: true)).OfType<ProgramStep>()]);
            default:
                entry.Report($"`{kind}` is no step of a program; write one of rest, plate, strip, cycle");
                step.IgnoreRest();
                return null;
        }
    }

    private static double SweepSeconds(SweepLaw law) => StepExposure.SweepSeconds(
        new(new(law.HighestHertz), new(law.LowestHertz), law.PointsPerDecade, law.Cycles), SimulatedCellSection.Instrument);

    private static double Shortest(Distribution law) => law switch
    {
        Fixed fix => fix.Value,
        Uniform even => even.From,
        LogUniform even => even.From,
        _ => law.Low,
    };

    /// <summary>The longest that a program can last, s; laws without an upper end count with their bound.</summary>
    private static double Seconds(ImmutableArray<ProgramStep> steps) => steps.Sum(step => step.Times * (step.Cycle.IsEmpty
        ? step.Seconds switch
        {
            Fixed fix => fix.Value,
            Uniform even => even.To,
            LogUniform even => even.To,
            var law => law.High,
        }
        : Seconds(step.Cycle)));

    private static Distribution Seconds(YamlMap step) => DistributionSection.Read(step, "time", Dimension.Time, 1, SecondsMax);

    private static SweepLaw Sweep(YamlMap map)
    {
        var law = new SweepLaw(
            map.Quantity("from", Dimension.Frequency, 0, lowIsAllowed: false), map.Quantity("to", Dimension.Frequency, 0, lowIsAllowed: false),
            map.Count("points_per_decade", 1, 50, 10), map.Count("cycles", 1, 100, 3),
            map.Quantity("amplitude", Dimension.CurrentDensity, 0, lowIsAllowed: false),
            DistributionSection.Read(map, "every", Dimension.Time, 1, 86_400));
        if (map.Has("to") && map.Has("from") && law.HighestHertz <= law.LowestHertz)
            map.Report("to", "`to` is not below `from`; sweeps go from the highest to the lowest frequency");
        else if (map.Has("from") && law.HighestHertz > SimulatedCellSection.Instrument.FrequencyMax.Hertz)
            map.Report("from", $"the simulated instrument goes up to {SimulatedCellSection.Instrument.FrequencyMax}; write a lower frequency");
        else if (map.Has("to") && map.Has("every") && SweepSeconds(law) is var seconds && seconds >= Shortest(law.EverySeconds))
            map.Report("every", FormattableString.Invariant($"a sweep takes {seconds:F0} s, which is not within `every`; write a longer time or a higher lowest frequency"));
        return law;
    }
}

using System.Collections.Immutable;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Files.Yaml;

namespace CycleRig.Files;

/// <summary>Reads a protocol file.</summary>
public static class ProtocolFile
{
    private const int StepsMax = 100_000;

    /// <exception cref="FileProblemsException">Anything in the file is wrong.</exception>
    public static Protocol Read(string path) => ReadSource(path).Protocol;

    /// <summary>Reads a protocol with the places of its steps.</summary>
    /// <exception cref="FileProblemsException">Anything in the file is wrong.</exception>
    public static ProtocolSource ReadSource(string path) => YamlFile.Read(path, file => Make(path, file));

    /// <summary>Reads a protocol from text.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="text">Content of a protocol file.</param>
    /// <exception cref="FileProblemsException">Anything in it is wrong.</exception>
    public static Protocol Parse(string name, string text) => YamlFile.Parse(name, text, file => Make(name, file).Protocol);

    /// <summary>Reads steps and safety terms that stand in another file.</summary>
    internal static ProtocolSource Inline(string path, YamlMap file, string name)
    {
        var places = ImmutableDictionary.CreateBuilder<string, (long Line, long Column)>(StringComparer.Ordinal);
        var safety = file.OptionalMap("safety") is { } map ? Safety(map) : SafetyTerms.Default;
        var steps = Steps(file, "steps", places);
        if (Size(steps) > StepsMax)
            file.Report("steps", $"the loops make more than {StepsMax} steps; lower a count");
        return new(path, new(name, steps, safety), places.ToImmutable());
    }

    private static ProtocolSource Make(string path, YamlMap file)
    {
        file.Count("format", 1, 1);
        return Inline(path, file, file.Name("protocol", "plating"));
    }

    private static ImmutableArray<Step> Steps(YamlMap map, string key, ImmutableDictionary<string, (long Line, long Column)>.Builder places) =>
        [.. map.List(key, "steps such as `- rest: {duration: 10 min}`").Select((entry, i) => Step(entry, i + 1, places)).OfType<Step>()];

    private static Step? Step(YamlMap entry, int number, ImmutableDictionary<string, (long Line, long Column)>.Builder places)
    {
        if (entry.OnlyKey("step") is not { } kind)
            return null;
        if (kind is not ("settle" or "rest" or "plate" or "strip" or "peis" or "geis" or "hold" or "loop"))
        {
            entry.Report($"`{kind}` is no step; write one of settle, rest, plate, strip, peis, geis, hold, loop");
            entry.OptionalMap(kind);
            return null;
        }

        var map = entry.Map(kind);
        var label = map.OptionalText("label") ?? $"{number}-{kind}{(places.ContainsKey($"{number}-{kind}") ? $"-{places.Count + 1}" : "")}";
        if (!places.TryAdd(label, entry.Place))
            map.Report("label", $"a step before this one is called `{label}` too; write another label");
        return kind switch
        {
            "settle" => Settle(map, label),
            "rest" => new Rest(label, map.Time("duration")),
            "plate" => Galvanostatic(map, label, -1),
            "strip" => Galvanostatic(map, label, 1),
            "peis" => new PotentiostaticImpedance(label, Sweep(map), new(map.Quantity("amplitude", Dimension.Voltage, 0, lowIsAllowed: false))),
            "geis" => new GalvanostaticImpedance(label, Sweep(map), new(map.Quantity("amplitude", Dimension.CurrentDensity, 0, lowIsAllowed: false))),
            "hold" => new PotentiostaticHold(label, new(map.Quantity("voltage", Dimension.Voltage)), map.Time("duration")),
            _ => new Loop(label, map.Count("count", 1, StepsMax), Steps(map, "steps", places)),
        };
    }

    private static Settle Settle(YamlMap map, string label)
    {
        if (!map.Has("temperature") && !map.Has("pressure"))
            map.Report("nothing is set; write `temperature:` or `pressure:` or both");
        return new(
            label,
            map.OptionalQuantity("temperature", Dimension.Temperature, 0) is { } kelvins ? new Temperature(kelvins) : null,
            new(map.OptionalQuantity("temperature_tolerance", Dimension.TemperatureDifference, 0, lowIsAllowed: false) ?? 0.5),
            map.OptionalQuantity("pressure", Dimension.Pressure, 0) is { } pascals ? new Pressure(pascals) : null,
            new(map.OptionalQuantity("pressure_tolerance", Dimension.Pressure, 0, lowIsAllowed: false) ?? 2e5),
            map.Time("stable_for", TimeSpan.FromMinutes(2)),
            map.Time("timeout", TimeSpan.FromHours(4)));
    }

    private static Galvanostatic Galvanostatic(YamlMap map, string label, int sign)
    {
        var density = new CurrentDensity(sign * map.Quantity("current_density", Dimension.CurrentDensity, 0, lowIsAllowed: false));
        var until = map.Map("until");
        var ends = new EndConditions(
            until.Has("time") ? until.Time("time") : null,
            until.OptionalQuantity("capacity", Dimension.ArealCapacity, 0, lowIsAllowed: false) is { } capacity ? new ArealCapacity(capacity) : null,
            until.OptionalQuantity("voltage", Dimension.Voltage, 0, lowIsAllowed: false) is { } voltage ? new Voltage(voltage) : null);
        if (map.Has("until") && ends is { Duration: null, Capacity: null })
            until.Report("the step would have no end of its own; write `time:` or `capacity:` (a voltage may stand beside it)");
        return new(label, density, ends, map.OptionalMap("geis") is { } geis ? Superimposed(geis) : null);
    }

    private static SuperimposedSweep Superimposed(YamlMap map) => new(
        Sweep(map), new(map.Quantity("amplitude", Dimension.CurrentDensity, 0, lowIsAllowed: false)), map.Has("every") ? map.Time("every") : null);

    private static SweepRange Sweep(YamlMap map)
    {
        var range = new SweepRange(
            new(map.Quantity("from", Dimension.Frequency, 0, lowIsAllowed: false)), new(map.Quantity("to", Dimension.Frequency, 0, lowIsAllowed: false)),
            map.Count("points_per_decade", 1, 50, 10), map.Count("cycles", 1, 100, 3));
        if (map.Has("from") && map.Has("to") && map.IsSound("from") && range.Highest <= range.Lowest)
            map.Report("to", "`to` is not below `from`; sweeps go from the highest to the lowest frequency");
        return range;
    }

    private static SafetyTerms Safety(YamlMap map)
    {
        var otherwise = SafetyTerms.Default;
        return new(
            map.Time("segment_duration", otherwise.SegmentDuration),
            map.OptionalQuantity("segment_capacity", Dimension.ArealCapacity, 0, lowIsAllowed: false) is { } capacity ? new(capacity) : otherwise.SegmentCapacity,
            map.Time("blind_limit", otherwise.BlindLimit),
            map.Time("pause_limit", otherwise.PauseLimit),
            map.Has("derate_to_percent") ? map.Count("derate_to_percent", 1, 99) / 100.0 : null,
            map.OptionalMap("after_halt_probe") is { } probe ? Probe(probe) : null);
    }

    private static AfterHaltProbe Probe(YamlMap map)
    {
        var probe = new AfterHaltProbe(Sweep(map), new(map.Quantity("amplitude", Dimension.CurrentDensity, 0, lowIsAllowed: false)));
        if (probe.Sweep.Highest.Hertz < AfterHaltProbe.ReachesUpHertz)
            map.Report("from", $"R_bulk is told by points at {new Frequency(AfterHaltProbe.ReachesUpHertz)} and above; raise `from`");
        if (probe.Sweep.Lowest.Hertz > AfterHaltProbe.ReachesDownHertz)
            map.Report("to", $"R_int is told by points at {new Frequency(AfterHaltProbe.ReachesDownHertz)} and below; lower `to`");
        if (probe.Amplitude > AfterHaltProbe.AmplitudeMax)
            map.Report("amplitude", $"a cell that was halted is probed with {AfterHaltProbe.AmplitudeMax} at most; lower it");
        return probe;
    }

    private static long Size(ImmutableArray<Step> steps) => steps.Sum(step => step is Loop loop ? loop.Count * Math.Max(1, Size(loop.Steps)) : 1);
}

using System.Collections.Immutable;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>Reads `events:` of chambers and presses and `upsets:` of cells: what happens, when, for how long and how strongly.</summary>
internal static class HappeningSection
{
    private const double SecondsMax = 400 * 86_400.0;

    /// <summary>Events of a chamber or a press.</summary>
    /// <param name="map">Has the list.</param>
    /// <param name="ofPress">Whether it is a press.</param>
    /// <param name="cells">Number of cells in the press.</param>
    public static ImmutableArray<HappeningLaw> Events(YamlMap map, bool ofPress, int cells)
    {
        if (!map.Has("events"))
            return [];
        var laws = ImmutableArray.CreateBuilder<HappeningLaw>();
        foreach (var entry in map.List("events", "events such as `- {event: door, at: 30 min, for: 60 s}`"))
        {
            var name = entry.Text("event", "an event such as `door`");
            if (ConditionEventFacts.Find(name, ofPress) is { } facts)
                laws.Add(Law(entry, name, (facts.HasSize, facts.Size, facts.SizeMin, facts.SizeMax), facts.Lasts, name == "collapse" ? cells : null));
            else if (entry.Has("event"))
                Unknown(entry, "event", name, ConditionEventFacts.All.Where(known => known.OfPress == ofPress).Select(known => known.Name));
        }

        return laws.ToImmutable();
    }

    /// <summary>Upsets of a cell: those with a time, and those by chance.</summary>
    public static (ImmutableArray<HappeningLaw> Timed, ImmutableArray<UpsetRate> Rates) Upsets(YamlMap map)
    {
        var timed = ImmutableArray.CreateBuilder<HappeningLaw>();
        var rates = ImmutableArray.CreateBuilder<UpsetRate>();
        if (!map.Has("upsets"))
            return ([], []);
        foreach (var entry in map.List("upsets", "upsets such as `- {upset: cable_pulled, at: 30 min, for: 20 s}`"))
        {
            var name = entry.Text("upset", "an upset such as `cable_pulled`");
            if (UpsetFacts.Find(name) is not { } facts)
            {
                if (entry.Has("upset"))
                    Unknown(entry, "upset", name, UpsetFacts.All.Select(known => known.Name));
            }
            else if (entry.Has("rate"))
            {
                rates.Add(Rate(entry, facts));
            }
            else
            {
                timed.Add(Law(entry, name, (facts.HasSize, facts.Size, facts.SizeMin, facts.SizeMax), facts.Lasts, null));
            }
        }

        return (timed.ToImmutable(), rates.ToImmutable());
    }

    private static UpsetRate Rate(YamlMap entry, UpsetFacts facts)
    {
        var rate = entry.Number("rate");
        if (rate is not (> 0 and <= 1))
            entry.Report("rate", FormattableString.Invariant($"a rate of {rate:G6} is no chance per minute; write a number above 0 and up to 1"));
        return new(
            facts.Kind, rate, facts.Lasts ? entry.Time("for") : TimeSpan.Zero,
            facts.HasSize && Fixed(entry, "size", DistributionSection.Read(entry, "size", facts.Size, facts.SizeMin, facts.SizeMax)) is { } size ? size : 0);
    }

    private static HappeningLaw Law(YamlMap entry, string name, (bool Has, Dimension? Dimension, double Low, double High) size, bool lasts, int? cells)
    {
        if (cells == 0)
        {
            entry.Report("event", "no cell stands in this press, and none can give way; write `press:` at a cell, or leave the event out");
            entry.IgnoreRest();
            return Never(name);
        }

        if (entry.Has("at") && !entry.IsMap("at") && entry.OptionalText("at") is { } text && text.TrimStart().StartsWith('-'))
        {
            entry.Report("at", $"`{text}` is before the start; write a time from 0 s on");
            entry.IgnoreRest();
            return Never(name);
        }

        var chance = entry.Has("chance") ? entry.Number("chance") : 1;
        if (chance is not (> 0 and <= 1))
            entry.Report("chance", FormattableString.Invariant($"a chance of {chance:G6} is none; write a number above 0 and up to 1"));
        return new(
            name, DistributionSection.Read(entry, "at", Dimension.Time, 0, SecondsMax),
            lasts ? DistributionSection.Read(entry, "for", Dimension.Time, 0, SecondsMax) : new Fixed(0),
            size.Has ? DistributionSection.Read(entry, "size", size.Dimension, size.Low, size.High) : new Fixed(0),
            cells is { } present ? entry.Count("cell", 1, present, 1) - 1 : 0,
            chance);
    }

    /// <summary>In place of what was reported.</summary>
    private static HappeningLaw Never(string name) => new(name, new Fixed(0), new Fixed(0), new Fixed(0), 0, 1);

    /// <summary>The value of a law that a scenario takes as it is; drawn ones belong into population files.</summary>
    public static double Fixed(YamlMap entry, string key, Distribution law)
    {
        if (law is Fixed fix)
            return fix.Value;
        entry.Report(key, $"`{key}` is drawn here, which only population files can; write one value");
        return 0;
    }

    private static void Unknown(YamlMap entry, string key, string name, IEnumerable<string> known)
    {
        entry.Report(key, $"`{name}` is no {key} that can happen here; write one of {string.Join(", ", known)}");
        entry.IgnoreRest();
    }
}

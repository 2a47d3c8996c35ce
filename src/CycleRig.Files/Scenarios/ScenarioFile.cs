using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>Reads a scenario file: cells, what befalls them, and what should become of them.</summary>
public static class ScenarioFile
{
    /// <exception cref="FileProblemsException">Anything in the file, or in the protocol that it names, is wrong, or the cells cannot carry out the protocol.</exception>
    public static Scenario Read(string path)
    {
        var (scenario, source) = YamlFile.Read(path, file => Make(path, file));
        var problems = RigCheck.Problems(scenario.Rig, scenario.Rig.Channels.ToDictionary(channel => channel.Name, _ => scenario.Protocol)).Select(source.At).ToList();
        return problems.Count == 0 ? scenario : throw new FileProblemsException(problems);
    }

    private static (Scenario Scenario, ProtocolSource Source) Make(string path, YamlMap file)
    {
        if (file.IsOfKind("population", "a population; give it with --population"))
            return default; // Nobody sees it: what was reported is thrown.
        file.Count("format", 1, 1);
        var name = file.Name("scenario", "slow-leak");
        var about = file.Text("about", "a sentence of what should happen");
        var source = Source(path, file, name);
        var cells = file.List("cells", "cells such as `- {id: cell-1, surface: untreated, expect: halted}`");
        var places = cells.Select(map => (
            Chamber: map.OptionalText("chamber") ?? "chamber-1", Press: map.OptionalText("press") is var press && press == "none" ? null : press ?? "press-1")).ToList();
        var chambers = Conditions(file, "chambers", "chamber-1", false, places.Select(place => (string?)place.Chamber));
        var presses = Conditions(file, "presses", "press-1", true, places.Select(place => place.Press));
        var channels = ImmutableArray.CreateBuilder<ChannelDescription>();
        var scripts = ImmutableDictionary.CreateBuilder<string, CellScript>();
        foreach (var (index, map) in cells.Index())
        {
            var channel = Channel(map, index + 1, places[index], chambers, presses);
            if (channels.Any(other => other.Cell.Id == channel.Cell.Id))
                map.Report("id", $"a second cell is called `{channel.Cell.Id}`; write another id");
            channels.Add(channel);
            scripts[channel.Name] = Script(map, channel.Cell);
        }

        return (new(name, about, new(name, 1, chambers, presses, channels.ToImmutable()), source.Protocol, scripts.ToImmutable(), Report(file, channels)), source);
    }

    private static bool Report(YamlMap file, IEnumerable<ChannelDescription> channels)
    {
        if (!file.Has("report"))
            return false;
        if (Enum.GetValues<Surface>().Any(surface => channels.All(channel => channel.Cell.Surface != surface)))
            file.Report("report", "the report of the reference paper compares an untreated and an acid-treated cell; write both");
        return file.Choice("report", ("reference-paper", true));
    }

    private static ProtocolSource Source(string path, YamlMap file, string name)
    {
        var isNamed = file.Has("protocol");
        var isWritten = file.Has("steps");
        if (isWritten && !isNamed)
            return ProtocolFile.Inline(path, file, name);
        if (isWritten)
        {
            file.Report("steps", "`steps` stands beside `protocol`, which has its own; leave one of them out");
            file.Ignore("steps");
            file.Ignore("safety");
        }

        if (!isNamed)
        {
            file.Report("`steps` is missing in the file; write `protocol:` and a path from this file, or `steps:` and steps such as `- rest: {duration: 10 min}`");
            file.Ignore("safety");
        }
        else if (file.Text("protocol", "a path from this file") is var given && Path.Combine(Path.GetDirectoryName(path)!, given) is var protocol && File.Exists(protocol))
        {
            return ProtocolFile.ReadSource(protocol);
        }
        else
        {
            file.Report("protocol", $"there is no file `{given}` from here; write a path from this file, or `steps:`");
        }

        return new(path, new(name, [], SafetyTerms.Default), ImmutableDictionary<string, (long Line, long Column)>.Empty);
    }

    private static ImmutableArray<ConditionDescription> Conditions(YamlMap file, string key, string only, bool ofPress, IEnumerable<string?> used)
    {
        var uses = used.ToList();
        if (file.Has(key))
        {
            var names = new HashSet<string>();
            return [.. file.List(key, key).Select(map => Condition(map, ofPress, uses, names))];
        }

        return uses.Contains(only) ? [ofPress ? new(only, 2.5, 9, 5, []) : new ConditionDescription(only, -10, 90, 30, [])] : [];
    }

    private static ConditionDescription Condition(YamlMap map, bool ofPress, List<string?> uses, HashSet<string> names)
    {
        var name = map.Name("name", ofPress ? "press-1" : "chamber-1");
        if (!names.Add(name))
            map.Report("name", $"a second one is called `{name}`; write another name");
        var events = HappeningSection.Events(map, ofPress, uses.Count(use => use == name));
        Certain(map, "events", events);
        ImmutableArray<ConditionEvent> made = [.. events.Select(law => ConditionEventFacts.Find(law.Name, ofPress)!.Make(
            TimeSpan.FromSeconds(HappeningSection.Fixed(map, "events", law.At)), TimeSpan.FromSeconds(HappeningSection.Fixed(map, "events", law.For)),
            HappeningSection.Fixed(map, "events", law.Size), law.Cell))];
        var condition = ofPress
            ? new ConditionDescription(name, Megapascals(map, "trip_below", 2.5), Megapascals(map, "trip_above", 9), Megapascals(map, "start", 5), made)
            : new ConditionDescription(name, Celsius(map, "trip_below", -10), Celsius(map, "trip_above", 90), Celsius(map, "start", 30), made);
        if (condition.Low >= condition.High)
            map.Report("trip_above", "trip_above is not above trip_below; write a higher value");
        return condition;
    }

    private static ChannelDescription Channel(
        YamlMap map, int number, (string Chamber, string? Press) place, ImmutableArray<ConditionDescription> chambers, ImmutableArray<ConditionDescription> presses)
    {
        if (chambers.All(known => known.Name != place.Chamber))
            map.Report("chamber", $"there is no chamber `{place.Chamber}`; write one of {string.Join(", ", chambers.Select(known => known.Name))}");
        if (place.Press is { } press && presses.All(known => known.Name != press))
            map.Report("press", $"there is no press `{press}`; write one of {string.Join(", ", presses.Select(known => known.Name).Append("none"))}");
        var expected = map.Has("expect")
            ? map.Choice("expect", ("finished", "finished"), ("halted", "halted"), ("tripped", "tripped"), ("shorted", "shorted"))
            : null;
        return new(
            $"ch-{number}", $"potentiostat-1-{number}", place.Chamber, place.Press, SimulatedCellSection.Instrument, SimulatedCellSection.Read(map, map.Name("id", "cell-1")), expected);
    }

    private static CellScript Script(YamlMap map, Cell cell)
    {
        var (timed, rates) = HappeningSection.Upsets(map);
        Certain(map, "upsets", timed);
        return new(
            ParameterSection.Read(map, cell),
            [.. timed.Select(law => new ChannelUpset(
                UpsetFacts.Find(law.Name)!.Kind, TimeSpan.FromSeconds(HappeningSection.Fixed(map, "upsets", law.At)),
                TimeSpan.FromSeconds(HappeningSection.Fixed(map, "upsets", law.For)), HappeningSection.Fixed(map, "upsets", law.Size)))],
            rates, Because(map));
    }

    /// <summary>What happens in a scenario happens: only a population draws whether it does.</summary>
    private static void Certain(YamlMap map, string key, ImmutableArray<HappeningLaw> laws)
    {
        if (laws.Any(law => law.Chance != 1))
            map.Report(key, "`chance` is drawn, which only population files can; leave it out");
    }

    private static Reason? Because(YamlMap map)
    {
        if (map.OptionalText("because") is not { } text)
            return null;
        if (ReasonFacts.Parse(text) is { } reason)
            return reason;
        map.Report("because", $"`{text}` is no reason; write one of {string.Join(", ", Enum.GetValues<Reason>().Select(known => ReasonFacts.Of(known).Text))}");
        return null;
    }

    private static double Celsius(YamlMap map, string key, double otherwise) =>
        map.OptionalQuantity(key, Dimension.Temperature, 0) is { } kelvins ? new Temperature(kelvins).Celsius : otherwise;

    private static double Megapascals(YamlMap map, string key, double otherwise) =>
        map.OptionalQuantity(key, Dimension.Pressure, 0) is { } pascals ? pascals / 1e6 : otherwise;
}

using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files;

/// <summary>Reads a rig file.</summary>
public static class RigFile
{
    /// <exception cref="FileProblemsException">Anything in the file is wrong.</exception>
    public static RigDescription Read(string path) => YamlFile.Read(path, file =>
    {
        file.Count("format", 1, 1);
        var name = file.Name("rig", "rig-1");
        var seed = file.Count("seed", 0, int.MaxValue, 1);
        var chambers = file.List("chambers", "chambers").Select(Chamber).ToImmutableArray();
        var presses = file.Has("presses") ? file.List("presses", "presses").Select(Press).ToImmutableArray() : [];
        foreach (var twice in chambers.Concat(presses).GroupBy(known => known.Name).Where(known => known.Count() > 1))
            file.Report("chambers", $"two chambers or presses are called `{twice.Key}`; write another name");
        var channels = ImmutableArray.CreateBuilder<ChannelDescription>();
        foreach (var map in file.List("channels", "channels"))
        {
            var channel = Channel(map, chambers, presses);
            if (channels.Any(other => other.Name == channel.Name))
                map.Report("name", $"a second channel is called `{channel.Name}`; write another name");
            if (channels.FirstOrDefault(other => other.Output == channel.Output) is { } shared)
                map.Report("output", $"output `{channel.Output}` is already that of channel {shared.Name}; write another output");
            channels.Add(channel);
        }

        var all = file.Has("record") && file.Choice("record", ("changes", false), ("every_sample", true));
        return new RigDescription(name, seed, chambers, presses, channels.ToImmutable()) { RecordsEverySample = all };
    });

    private static ConditionDescription Chamber(YamlMap map)
    {
        map.Choice("kind", ("simulated", true));
        var ramp = map.OptionalMap("ramp");
        var chamber = new ConditionDescription(
            map.Name("name", "chamber-1"), Celsius(map, "trip_below"), Celsius(map, "trip_above"),
            map.OptionalQuantity("start", Dimension.Temperature) is { } start ? new Temperature(start).Celsius : 25,
            ramp is null ? [] : [new ControllerDrift(ramp.Time("at"), ramp.Time("over"), ramp.Quantity("by", Dimension.TemperatureDifference))]);
        if (chamber.Low >= chamber.High)
            map.Report("trip_above", "trip_above is not above trip_below; write a higher temperature");
        return chamber;
    }

    private static ConditionDescription Press(YamlMap map)
    {
        map.Choice("kind", ("simulated", true));
        var leak = map.OptionalMap("leak");
        var press = new ConditionDescription(
            map.Name("name", "press-1"), Megapascals(map, "trip_below"), Megapascals(map, "trip_above"),
            (map.OptionalQuantity("start", Dimension.Pressure, 0) ?? 0) / 1e6,
            leak is null ? [] : [Leak(leak.Time("at"), leak.Time("over"), leak.Count("percent", 1, 95))]);
        if (press.Low >= press.High)
            map.Report("trip_above", "trip_above is not above trip_below; write a higher pressure");
        return press;
    }

    /// <summary>The leak that takes so many percent of the pressure in this time.</summary>
    private static PressLeak Leak(TimeSpan at, TimeSpan over, int percent) => new(at, over, -Math.Log(1 - (percent / 100.0)) / over.TotalMinutes);

    private static ChannelDescription Channel(YamlMap map, ImmutableArray<ConditionDescription> chambers, ImmutableArray<ConditionDescription> presses)
    {
        var chamber = map.Name("chamber", "chamber-1");
        var press = map.OptionalText("press");
        if (map.Has("chamber") && chambers.All(known => known.Name != chamber))
            map.Report("chamber", $"there is no chamber `{chamber}`; write one of {string.Join(", ", chambers.Select(c => c.Name))}");
        if (press is not null && presses.All(known => known.Name != press))
            map.Report("press", $"there is no press `{press}`; write one of {string.Join(", ", presses.Select(c => c.Name))}");
        return new(
            map.Name("name", "ch-1"), map.Name("output", "potentiostat-1-1"), chamber, press, Instrument(map.Map("instrument")), CellSection.Read(map.Map("cell")),
            map.Has("expected") ? map.Choice("expected", ("finished", "finished"), ("halted", "halted"), ("tripped", "tripped")) : null);
    }

    private static InstrumentLimits Instrument(YamlMap map)
    {
        map.Choice("kind", ("simulated", true));
        var limits = new InstrumentLimits(
            new(map.Quantity("current_max", Dimension.Current, 0, lowIsAllowed: false)),
            new(map.Quantity("voltage_max", Dimension.Voltage, 0, lowIsAllowed: false)),
            new(map.Quantity("frequency_max", Dimension.Frequency, 0, lowIsAllowed: false)),
            new(map.Quantity("frequency_min", Dimension.Frequency, 0, lowIsAllowed: false)),
            SweepOnDirectCurrent: true, CanQueue: true,
            TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50));
        if (limits.FrequencyMin >= limits.FrequencyMax)
            map.Report("frequency_max", "frequency_max is not above frequency_min; write a higher frequency");
        return limits;
    }

    private static double Celsius(YamlMap map, string key) => new Temperature(map.Quantity(key, Dimension.Temperature, 0)).Celsius;

    private static double Megapascals(YamlMap map, string key) => map.Quantity(key, Dimension.Pressure, 0) / 1e6;
}

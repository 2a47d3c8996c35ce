using System.Diagnostics;
using System.Globalization;
using CycleRig.Core.Experiments;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Scenarios;

/// <summary>Something that a file lets happen at its time; what comes by chance is not among it.</summary>
/// <param name="At">Rig time at which it begins.</param>
/// <param name="Where">Channel, chamber or press.</param>
/// <param name="Text">Name as in files, and size with its unit.</param>
public sealed record Happening(TimeSpan At, string Where, string Text)
{
    /// <summary>Events of chambers and presses and upsets of channels, in the order of their beginnings.</summary>
    /// <param name="rig">Has the events.</param>
    /// <param name="scripts">Have the upsets, by channel; null for none.</param>
    public static IReadOnlyList<Happening> Of(RigDescription rig, IReadOnlyDictionary<string, CellScript>? scripts)
    {
        var events = rig.Chambers.Concat(rig.Presses).SelectMany(device => device.Events.Select(each => new Happening(each.Begins, device.Name, TextOf(each))));
        var upsets = rig.Channels.SelectMany(channel => (scripts?.GetValueOrDefault(channel.Name) ?? CellScript.Nothing).Upsets
            .Select(upset => new Happening(upset.At, channel.Name, TextOf(upset))));
        return [.. events.Concat(upsets).OrderBy(each => each.At)];
    }

    private static string TextOf(ChannelUpset upset)
    {
        var facts = UpsetFacts.All.First(known => known.Kind == upset.Kind);
        return !facts.HasSize ? facts.Name : $"{facts.Name} {facts.Size switch
        {
            Dimension.Current when upset.Size < 1e-3 => Number(upset.Size * 1e6, "µA"),
            Dimension.Current => new Current(upset.Size).ToString(),
            Dimension.Voltage => Number(upset.Size * 1e3, "mV"),
            Dimension.Resistance => new Resistance(upset.Size).ToString(),
            Dimension.Time => Number(upset.Size, "s"),
            null => Number(upset.Size, ""),
            var other => throw new UnreachableException($"No unit for {other}."),
        }}";
    }

    private static string TextOf(ConditionEvent happening) => happening switch
    {
        DoorOpen => "door",
        HeaterStuckOn heater => $"heater_stuck_on {Number(heater.KelvinsPerMinute, "K/min")}",
        ControllerDrift drift => $"controller_drift {Number(drift.Kelvins, "K")}",
        TargetProgram program => $"program {Number(program.Kelvins, "K")}",
        ProbeDrift drift => $"probe_drift {Number(drift.Kelvins, "K")}",
        ProbeBreak => "probe_break",
        PressLeak leak => $"leak {Number(100 * leak.SharePerMinute, "%/min")}",
        PressureSpike spike => $"spike {Number(spike.Megapascals, "MPa")}",
        PressOpening => "opening",
        Retorque turn => $"retorque {Number(turn.Megapascals, "MPa")}",
        CellCollapse collapse => $"collapse {Number(100 * collapse.Share, "%")} of cell {collapse.Cell + 1}",
        SensorDead => "sensor_dead",
        _ => throw new UnreachableException($"No text for {happening.GetType().Name}."),
    };

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:G6} {unit}").TrimEnd();
}

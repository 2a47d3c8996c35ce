using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.EarlyWarning.Samples;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>What the journal says of a channel when its grain starts: the newest checkpoint, and the detector from the run's spectra.</summary>
/// <param name="State">State, its times seen from now.</param>
/// <param name="Number">Number of the newest event.</param>
/// <param name="DetectorRebuilt">Whether the detector is what it was at the checkpoint.</param>
/// <param name="Anchor">UTC at instrument time zero of the open run, or null.</param>
/// <param name="LastSampleSeconds">Newest sample of the open run, s.</param>
/// <param name="Damage">What is wrong with the journal, where a run was open or its state could not be read; or null.</param>
internal sealed record ChannelRestore(
    ChannelState State, long Number, bool DetectorRebuilt, DateTimeOffset? Anchor, double LastSampleSeconds, string? Damage)
{
    public static ChannelRestore From(RigRuntime runtime, string channel, ChannelAnalyst analyst)
    {
        using var reader = JournalReader.Open(runtime.Journal.DataFolder);
        if (reader.Runs().LastOrDefault(run => run.Channel == channel) is { } last && ProtocolOf(reader, last.Run) is { } protocol)
            runtime.Assign(channel, protocol);
        try
        {
            return reader.LatestCheckpoint(channel) is { } checkpoint ? From(checkpoint.Record.DecodeJson(), reader, runtime, analyst) : Nothing(null);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Nothing($"the newest checkpoint of {channel} cannot be read: {unreadable.Message}");
        }
    }

    private static ChannelRestore From(JsonObject checkpoint, JournalReader reader, RigRuntime runtime, ChannelAnalyst analyst)
    {
        var state = Rebase.ToThisClock(checkpoint["state"].Deserialize<ChannelState>(MessageJson.Options)!, runtime.Time.Now);
        var number = checkpoint["number"]!.GetValue<long>();
        if (state.OpenRun is not { } progress)
            return new(state, number, DetectorRebuilt: true, null, double.NegativeInfinity, null);
        var started = reader.OfRun(progress.Run, RecordKind.RunStarted).First().Record;
        var detector = checkpoint["detector"].Deserialize<DetectorFingerprint>(CanonicalJson.Options);
        var last = reader.OfRun(progress.Run, RecordKind.Sample).Select(row => row.Record.TimeSeconds).DefaultIfEmpty(double.NegativeInfinity).Max();
        var neighbours = new Dictionary<int, JsonNode>();
        foreach (var fit in runtime.Board.IsShared(started.Channel) ? reader.OfRun(progress.Run, RecordKind.Fit).Select(row => row.Record.DecodeJson()) : [])
        {
            if (fit["part"] is null && fit["spectrum"] is { } spectrum && fit["neighbours"] is { } heard)
                neighbours[spectrum.GetValue<int>()] = heard;
        }

        var rebuilt = detector is not null && analyst.Rebuild(
            progress.Run, reader.Spectra(progress.Run), neighbours, reader.Samples(progress.Run, last - SoftShortWatch.RememberedSeconds), detector);
        return new(state, number, rebuilt, started.Utc - TimeSpan.FromSeconds(started.TimeSeconds), last, runtime.Journal.OpenReport.Damage);
    }

    private static ChannelRestore Nothing(string? damage) => new(ChannelState.Initial, 0, DetectorRebuilt: true, null, double.NegativeInfinity, damage);

    private static Protocol? ProtocolOf(JournalReader reader, Guid run) =>
        reader.OfRun(run, RecordKind.Configuration).FirstOrDefault()?.Record.DecodeJson()["protocol"].Deserialize<Protocol>(MessageJson.Options);
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>Writes what a channel saw and decided to the journal: samples in batches, the rest as it comes.</summary>
internal sealed class ChannelJournal(RigRuntime runtime, string channel)
{
    private const int Batch = 20;

    private readonly List<Sample> _samples = [];

    /// <summary>Books one turn.</summary>
    /// <returns>Sequence number of its decision, or null when nothing was decided.</returns>
    public long? Write(ChannelState before, Happened happened, Decision decision)
    {
        var run = (decision.Next.OpenRun ?? before.OpenRun)?.Run;
        if (run is { } open)
            Measured(open, happened.Event);
        var changed = before.GetType() != decision.Next.GetType() || before.OpenRun?.Step != decision.Next.OpenRun?.Step;
        var told = decision.Commands.Where(command => command is not (RenewLease or AssessSpectrum)).ToImmutableArray();
        if (!changed && told.IsEmpty && !decision.AwaitsDurable && happened.Event is not (OperatorEvent or SessionStopped))
            return null;
        Flush(run);
        return runtime.Journal.Append(JournalRecord.Json(
            RecordKind.Decision, channel, run, happened.At.TotalSeconds, runtime.Time.UtcNow, Line(happened, decision, told)));
    }

    /// <summary>Writes a checkpoint from which a restarted host goes on.</summary>
    public void Checkpoint(ChannelState state, long number)
    {
        var json = new JsonObject
        {
            ["number"] = number, ["state"] = JsonSerializer.SerializeToNode(state, MessageJson.Options),
        };
        runtime.Journal.Append(JournalRecord.Json(RecordKind.Checkpoint, channel, state.OpenRun?.Run, state.Ledger.Now.TotalSeconds, runtime.Time.UtcNow, json));
    }

    public void RunStarted(RunProgress progress)
    {
        var facts = RunFacts.Of(runtime.DescriptionOf(channel), runtime.Protocols[channel], runtime.Rig.Seed);
        runtime.Journal.Append(JournalRecord.RunStarted(
            channel, progress.Run, runtime.Time.Now.TotalSeconds, runtime.Time.UtcNow, runtime.DescriptionOf(channel).Cell.Id, facts));
    }

    public void RunEnded(Guid run, Reason reason)
    {
        Flush(run);
        runtime.Journal.Append(JournalRecord.RunEnded(
            channel, run, runtime.Time.Now.TotalSeconds, runtime.Time.UtcNow, ReasonFacts.Of(reason).Text));
    }

    private void Measured(Guid run, ChannelEvent happened)
    {
        if (happened is SampleMeasured measured)
            _samples.Add(measured.Sample);
        if (_samples.Count >= Batch)
            Flush(run);
        if (happened is SpectrumMeasured spectrum)
            runtime.Journal.Append(JournalRecord.OfSpectrum(channel, run, runtime.Time.UtcNow, spectrum.Spectrum));
    }

    private void Flush(Guid? run)
    {
        if (_samples.Count == 0 || run is not { } open)
            return;
        runtime.Journal.Append(JournalRecord.Samples(
            channel, open, runtime.Time.UtcNow, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_samples)));
        _samples.Clear();
    }

    private static JsonObject Line(Happened happened, Decision decision, ImmutableArray<ChannelCommand> told) => new()
    {
        ["event"] = JsonSerializer.SerializeToNode(happened.Event, MessageJson.Options),
        ["state"] = decision.Next.GetType().Name.ToLowerInvariant(),
        ["step"] = decision.Next.OpenRun?.Step,
        ["commands"] = new JsonArray([.. told.Select(command => JsonSerializer.SerializeToNode(command, MessageJson.Options))]),
        ["refusal"] = decision.Refusal,
    };
}

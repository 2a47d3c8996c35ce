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
    private const double ThinnedSeconds = 1.9;

    private readonly List<Sample> _samples = [];
    private readonly SampleGaps _gaps = new();
    private double _lastSeconds = double.NegativeInfinity;

    /// <summary>From this host's rig time to the instrument's, s: they differ when the device host is a process of its own.</summary>
    private double _offsetSeconds;

    /// <summary>From the instrument's clock to the run's, s: not zero once the device host was another process within the run.</summary>
    private double _clockShift;

    /// <summary>UTC at instrument time zero, read once at the run's start: a row's stamp is this plus instrument time.</summary>
    private DateTimeOffset? _anchor;
    private DateTimeOffset _lastEvent;
    private DateTimeOffset _newest;

    /// <summary>Books one turn.</summary>
    /// <returns>Sequence number of its decision, or null when nothing was decided.</returns>
    public long? Write(ChannelState before, Happened happened, Decision decision)
    {
        var run = (decision.Next.OpenRun ?? before.OpenRun)?.Run;
        if (happened.Event is SessionEvent seen && _gaps.See(seen, decision.Next.Ledger.Boot))
            _clockShift = double.NaN; // The next sample tells it.
        if (run is { } open)
            Measured(open, Shifted(happened.Event));
        if (happened.Event is SampleMeasured { Sample.TimeSeconds: var instrument })
        {
            if (run is null)
                _clockShift = 0; // The next run has this clock from its start.
            _offsetSeconds = instrument + _clockShift - happened.At.TotalSeconds;
        }

        // What shows the cell off is not left in the batch.
        if (happened.Event is OffConfirmed)
            Flush(run);
        var changed = before.GetType() != decision.Next.GetType() || before.OpenRun?.Step != decision.Next.OpenRun?.Step;
        var told = decision.Commands.Where(command => command is not (RenewLease or AssessSpectrum)).ToImmutableArray();
        if (!changed && told.IsEmpty && !decision.AwaitsDurable && happened.Event is not (OperatorEvent or SessionStopped or SweepsPlanned or SpectrumAssessed { Spectrum: null }))
            return null;
        Flush(run);
        return runtime.Journal.Append(JournalRecord.Json(
            RecordKind.Decision, channel, run, Instrument(happened.At), Stamp(Instrument(happened.At)), Line(happened, decision, told)));
    }

    /// <summary>Writes a checkpoint from which a restarted host goes on.</summary>
    public void Checkpoint(ChannelState state, long number, DetectorFingerprint detector)
    {
        var json = new JsonObject
        {
            ["number"] = number, ["state"] = JsonSerializer.SerializeToNode(state, MessageJson.Options),
            ["detector"] = JsonSerializer.SerializeToNode(detector, CanonicalJson.Options),
        };
        runtime.Journal.Append(JournalRecord.Json(
            RecordKind.Checkpoint, channel, state.OpenRun?.Run, state.Ledger.Now.TotalSeconds, Utc(Instrument(state.Ledger.Now)), json));
    }

    /// <summary>Writes a verdict with its evidence.</summary>
    public void Fitted(Guid run, double endSeconds, JsonObject fit) =>
        runtime.Journal.Append(JournalRecord.Json(RecordKind.Fit, channel, run, endSeconds, Utc(endSeconds), fit));

    public void RunStarted(RunProgress progress)
    {
        var now = runtime.Time.Now;
        // A clock that nobody has heard of yet is matched to the run's by the first sample.
        if (!double.IsNaN(_clockShift))
            (_offsetSeconds, _clockShift) = (_offsetSeconds - _clockShift, 0);
        _lastSeconds = double.NegativeInfinity;
        _gaps.Begin();
        // A run's points come behind those of the run before, whatever was late when the clocks were matched.
        var utc = RisingStamp.After(_newest, runtime.Time.UtcNow);
        _anchor = utc - TimeSpan.FromSeconds(Instrument(now));
        var protocol = runtime.ProtocolOf(channel);
        var facts = RunFacts.Of(runtime.DescriptionOf(channel), protocol, runtime.Rig.Seed);
        runtime.Journal.Append(JournalRecord.RunStarted(
            channel, progress.Run, Instrument(now), Stamp(Instrument(now)), runtime.DescriptionOf(channel).Cell.Id, facts));
        // Configuration is read once and kept whole, with its hash: a restarted host and a reader years later see the same.
        var text = JsonSerializer.Serialize(protocol, MessageJson.Options);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        runtime.Journal.Append(JournalRecord.Json(
            RecordKind.Configuration, channel, progress.Run, Instrument(now), Utc(Instrument(now)),
            new JsonObject { ["protocol"] = JsonNode.Parse(text), ["sha256"] = hash }));
    }

    /// <summary>After a restart: the run's clock, and the sample up to which they are in the journal already.</summary>
    public void Resume(DateTimeOffset anchor, double lastSampleSeconds, Guid? boot)
    {
        (_anchor, _lastSeconds) = (anchor, lastSampleSeconds);
        // Until the first sample says what the instrument's clock is, the wall clock tells where the run's is.
        _offsetSeconds = (runtime.Time.UtcNow - anchor - runtime.Time.Now).TotalSeconds;
        _gaps.Resume(boot);
    }

    public void RunEnded(Guid run, Reason reason)
    {
        Flush(run);
        runtime.Journal.Append(JournalRecord.RunEnded(
            channel, run, Instrument(runtime.Time.Now), Stamp(Instrument(runtime.Time.Now)), ReasonFacts.Of(reason).Text));
    }

    private DateTimeOffset Utc(double instrumentSeconds) => _anchor is { } anchor ? anchor.AddSeconds(instrumentSeconds) : runtime.Time.UtcNow;

    /// <summary>Two events of one instant are two points in a database: the later one is stamped a tick later.</summary>
    private DateTimeOffset Stamp(double instrumentSeconds)
    {
        _lastEvent = RisingStamp.After(_lastEvent, Utc(instrumentSeconds));
        _newest = Later(_newest, _lastEvent);
        return _lastEvent;
    }

    private double Instrument(TimeSpan at) => at.TotalSeconds + _offsetSeconds;

    private void Measured(Guid run, ChannelEvent happened)
    {
        // Where the disk is nearly full every other second has to do.
        var apart = runtime.Disk.IsThinning ? ThinnedSeconds : 0;
        if (happened is SampleMeasured measured && measured.Sample.TimeSeconds > _lastSeconds + apart)
        {
            if (_gaps.Before(_lastSeconds, measured.Sample.TimeSeconds) is { } gap)
            {
                Flush(run);
                var at = measured.Sample.TimeSeconds;
                runtime.Journal.Append(JournalRecord.Json(RecordKind.Gap, channel, run, at, Stamp(at), gap));
            }

            _lastSeconds = measured.Sample.TimeSeconds;
            _samples.Add(measured.Sample);
        }

        if (_samples.Count >= Batch)
            Flush(run);
        if (happened is SpectrumMeasured spectrum)
            runtime.Journal.Append(JournalRecord.OfSpectrum(channel, run, Utc(spectrum.Spectrum.EndSeconds), spectrum.Spectrum));
    }

    /// <summary>What was measured, on the run's clock: a device host that began anew has another zero.</summary>
    private ChannelEvent Shifted(ChannelEvent happened)
    {
        if (happened is SampleMeasured { Sample.TimeSeconds: var seconds } && double.IsNaN(_clockShift))
            _clockShift = _anchor is { } anchor ? Math.Max((runtime.Time.UtcNow - anchor).TotalSeconds, _lastSeconds + 1e-3) - seconds : 0;
        return _clockShift == 0 || double.IsNaN(_clockShift) ? happened : happened switch
        {
            SampleMeasured measured => measured with { Sample = measured.Sample with { TimeSeconds = measured.Sample.TimeSeconds + _clockShift } },
            SpectrumMeasured { Spectrum: var sweep } measured => measured with
            {
                Spectrum = sweep with
                {
                    StartSeconds = sweep.StartSeconds + _clockShift,
                    Points = [.. sweep.Points.Select(point => point with { TimeSeconds = point.TimeSeconds + _clockShift })],
                },
            },
            _ => happened,
        };
    }

    private void Flush(Guid? run)
    {
        if (_samples.Count == 0 || run is not { } open)
            return;
        runtime.Journal.Append(JournalRecord.Samples(
            channel, open, Utc(_samples[^1].TimeSeconds), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_samples)));
        _newest = Later(_newest, Utc(_samples[^1].TimeSeconds));
        _samples.Clear();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static JsonObject Line(Happened happened, Decision decision, ImmutableArray<ChannelCommand> told) => new()
    {
        ["event"] = JsonSerializer.SerializeToNode(happened.Event, MessageJson.Options),
        ["state"] = decision.Next.GetType().Name.ToLowerInvariant(),
        ["step"] = decision.Next.OpenRun?.Step,
        ["commands"] = new JsonArray([.. told.Select(command => JsonSerializer.SerializeToNode(command, MessageJson.Options))]),
        ["refusal"] = decision.Refusal,
    };
}

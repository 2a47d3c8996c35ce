using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Samples;
using CycleRig.EarlyWarning.Scheduling;
using CycleRig.Impedance.Cells;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>
/// Fits and judges the spectra of a channel's open run on the thread pool, one after the other; the verdict comes back as an event, its
/// fit waits here until the grain writes it.
/// </summary>
internal sealed class ChannelAnalyst(RigRuntime runtime, string channel)
{
    /// <summary>Spectra that may wait for their fit; a sweep takes seconds, a fit milliseconds.</summary>
    private const int WaitingMax = 16;

    private static readonly TimeSpan FitTypical = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly double _area = runtime.DescriptionOf(channel).Cell.Area.SquareCentimetres;
    private DetectorSettings _settings = SettingsFor(runtime.DescriptionOf(channel).Cell.Material);
    private readonly ConcurrentDictionary<(Guid Run, int Spectrum), JsonObject> _fits = new();
    private readonly InstrumentLimits _instrument = runtime.DescriptionOf(channel).Instrument;
    private Guid _run;
    private AssessorState _state = AssessorState.Initial;
    private int _judged;
    private int _waiting;
    private int _newest = -1;
    private PlannedSweeps? _schedule;
    private SoftShortWatch? _samples;
    private Task _last = Task.CompletedTask;

    /// <summary>Newest reading, or null.</summary>
    public CellReading? Reading { get; private set; }

    /// <summary>Forgets everything: a new run begins. What is still being fitted of the former one counts for nothing.</summary>
    public void Begin(Guid run)
    {
        lock (_lock)
            (_run, _state, _judged, _newest, _schedule, Reading) = (run, AssessorState.Initial, 0, -1, null, null);
        _settings = _settings with { BlindLimitSeconds = runtime.PlanOf(channel).Safety.BlindLimit.TotalSeconds };
        _samples = new(_area, SineAmperes(), _settings.Budget.Dips);
        runtime.Board.Remove(channel);
        _fits.Clear();
    }

    /// <summary>What a checkpoint keeps of the detector.</summary>
    public DetectorFingerprint Fingerprint()
    {
        lock (_lock)
            return new(_judged, Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(_state))));
    }

    /// <summary>
    /// Rebuilds the detector by judging the run's spectra of the journal again, each by what its neighbours had said then: the same code gives the same state.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="spectra">Its sweeps, in order.</param>
    /// <param name="neighbours">What the record of a verdict says of the neighbours, by sweep.</param>
    /// <param name="samples">Its samples, as far back as soft shorts are remembered.</param>
    /// <param name="checkpoint">What the checkpoint keeps of the detector.</param>
    /// <returns>Whether it came to the state of the checkpoint on the way.</returns>
    public bool Rebuild(
        Guid run, IEnumerable<Spectrum> spectra, IReadOnlyDictionary<int, JsonNode> neighbours, IEnumerable<Sample> samples, DetectorFingerprint checkpoint)
    {
        Begin(run);
        foreach (var sample in samples)
            _samples!.Take(sample);
        var (same, isShared) = (Fingerprint() == checkpoint, runtime.Board.IsShared(channel));
        foreach (var spectrum in spectra)
        {
            ImmutableArray<NeighbourTemperature> heard = !isShared ? default
                : neighbours.TryGetValue(spectrum.Index, out var told) ? told.Deserialize<ImmutableArray<NeighbourTemperature>>(CanonicalJson.Options) : [];
            var (next, _, reading) = SpectrumAssessor.Assess(_state, spectrum, _area, _settings, heard);
            Take(run, spectrum, next, reading);
            same |= _judged == checkpoint.Spectra && Fingerprint() == checkpoint;
        }

        return same;
    }

    /// <summary>The fit behind a verdict, once.</summary>
    public JsonObject? FitOf(SpectrumAssessed verdict) =>
        verdict.Spectrum is { } spectrum && _fits.TryRemove((verdict.Run, spectrum), out var fit) ? fit : null;

    /// <summary>Looks for soft shorts on a sample; what it finds comes back as a verdict on samples.</summary>
    public void Take(in Sample sample, Guid run)
    {
        if (_samples?.Take(sample) is not var (level, detail))
            return;
        var verdict = new SpectrumAssessed(run, null, sample.TimeSeconds, level, false, Reason.DendriteOnset, detail);
        runtime.Time.After(TimeSpan.Zero, () => runtime.Tell(channel, verdict));
    }

    /// <summary>Judges a spectrum by what the neighbours have said by now.</summary>
    /// <param name="command">The spectrum.</param>
    /// <param name="run">Its run.</param>
    /// <param name="offsetSeconds">From rig time to the channel's clock, s.</param>
    public void Assess(AssessSpectrum command, Guid run, double offsetSeconds)
    {
        var spectrum = command.Spectrum;
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            runtime.Tell(channel, new SpectrumAssessed(
                run, spectrum.Index, spectrum.EndSeconds, WarningLevel.Watch, false, Reason.Completed, $"blind: {WaitingMax} spectra wait for their fit"));
            return;
        }

        var neighbours = runtime.Board.HeardBy(channel, offsetSeconds);
        lock (_lock)
            _last = _last.ContinueWith(_ => Judge(command, run, offsetSeconds, neighbours), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        runtime.Track(_last);
    }

    private void Judge(AssessSpectrum command, Guid run, double offsetSeconds, ImmutableArray<NeighbourTemperature> neighbours)
    {
        var spectrum = command.Spectrum;
        Interlocked.Decrement(ref _waiting);
        AssessorState state;
        lock (_lock)
        {
            // A spectrum that was judged from the journal may come once more from the device host.
            if (_run != run || spectrum.Index <= _newest)
                return;
            state = _state;
        }

        if (command.IsPart)
        {
            if (SpectrumAssessor.Glance(state, spectrum, _area, _settings, neighbours) is var (halt, part))
                Tell(run, spectrum, halt, part, neighbours, isPart: true);
            return;
        }

        var (next, assessment, reading) = SpectrumAssessor.Assess(state, spectrum, _area, _settings, neighbours);
        Take(run, spectrum, next, reading);
        Tell(run, spectrum, assessment, reading, neighbours, isPart: false);
        if (next.Detector.Thermometer is { } thermometer)
            runtime.Time.After(FitTypical, () => Say(run, thermometer, offsetSeconds));
        if (command.Superimposed is { } superimposed)
            Schedule(run, spectrum, next.Detector, reading, superimposed);
    }

    private void Say(Guid run, CellThermometer thermometer, double offsetSeconds)
    {
        lock (_lock)
        {
            if (_run == run)
                runtime.Board.Post(channel, thermometer.Said(run.ToString(), _settings), offsetSeconds);
        }
    }

    /// <summary>Plans the sweeps anew where the last plan does not hold any more; the verdict is on its way and waits for none.</summary>
    private void Schedule(Guid run, Spectrum spectrum, DetectorState state, CellReading reading, SuperimposedSweep superimposed)
    {
        if (_schedule is { } holds && SweepScheduler.Holds(holds, reading, superimposed))
            return;
        if (SweepScheduler.Plan(state, spectrum, reading, superimposed, _instrument, _settings) is not { } planned)
            return;
        lock (_lock)
        {
            if (_run != run)
                return;
            _schedule = planned;
        }

        runtime.Time.After(FitTypical, () => runtime.Tell(channel, new SweepsPlanned(run, planned.Schedule, planned.Why)));
    }

    private void Tell(Guid run, Spectrum spectrum, Assessment assessment, CellReading reading, ImmutableArray<NeighbourTemperature> neighbours, bool isPart)
    {
        _fits[(run, spectrum.Index)] = new()
        {
            ["type"] = "spectrum_assessed",
            ["spectrum"] = spectrum.Index,
            ["level"] = assessment.Level.ToString().ToLowerInvariant(),
            ["valid"] = assessment.Valid,
            ["detail"] = assessment.Detail,
            ["bulk_only"] = reading.BulkOnly,
            ["r_bulk_ohm"] = reading.Valid ? reading.BulkOhms : null,
            ["r_bulk_relative_sd"] = reading.Valid ? reading.BulkRelativeSd : null,
            ["r_int_ohm"] = reading is { Valid: true, BulkOnly: false } ? reading.InterfaceOhms : null,
            ["fit_version"] = CellSpectrumFit.Version,
            // No sweep of the journal holds these points: the halt ends it.
            ["part"] = isPart ? SpectrumPartJson.Of(spectrum) : null,
            ["neighbours"] = neighbours.IsDefault ? null : JsonNode.Parse(CanonicalJson.Bytes(neighbours)),
            ["evidence"] = assessment.Evidence is null ? null : JsonNode.Parse(CanonicalJson.Bytes(assessment.Evidence)),
        };
        var verdict = new SpectrumAssessed(
            run, spectrum.Index, spectrum.EndSeconds, assessment.Level, assessment.Valid, assessment.Reason, assessment.Detail);
        runtime.Time.After(runtime.Latency.About(FitTypical), () => runtime.Tell(channel, verdict));
    }

    private void Take(Guid run, Spectrum spectrum, AssessorState next, CellReading reading)
    {
        lock (_lock)
        {
            if (_run == run)
                (_state, _judged, _newest, Reading) = (next, _judged + 1, spectrum.Index, reading.Valid ? reading : Reading);
        }
    }

    private double SineAmperes() => runtime.PlanOf(channel).Steps.OfType<Galvanostatic>()
        .Select(step => step.Sweep is { } sweep ? (sweep.Amplitude * runtime.DescriptionOf(channel).Cell.Area).Amperes : 0).DefaultIfEmpty().Max();

    private static DetectorSettings SettingsFor(Core.Cells.Material material) => DetectorSettings.Default with
    {
        ActivationElectronVolts = material.ActivationEnergy.ElectronVolts, ActivationSdElectronVolts = material.ActivationEnergySd.ElectronVolts,
    };
}

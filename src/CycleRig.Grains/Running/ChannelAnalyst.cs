using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>Fits and judges a channel's spectra on the thread pool, one after the other; the verdict comes back as an event.</summary>
internal sealed class ChannelAnalyst(RigRuntime runtime, string channel, ChannelJournal journal)
{
    private static readonly TimeSpan FitTypical = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly double _area = runtime.DescriptionOf(channel).Cell.Area.SquareCentimetres;
    private readonly DetectorSettings _settings = SettingsFor(runtime.DescriptionOf(channel).Cell.Material);
    private AssessorState _state = AssessorState.Initial;
    private int _judged;
    private Task _last = Task.CompletedTask;

    /// <summary>Newest reading, or null.</summary>
    public CellReading? Reading { get; private set; }

    /// <summary>Forgets everything: a new run begins.</summary>
    public void Reset()
    {
        lock (_lock)
            (_state, _judged, Reading) = (AssessorState.Initial, 0, null);
    }

    /// <summary>What a checkpoint keeps of the detector.</summary>
    public DetectorFingerprint Fingerprint()
    {
        lock (_lock)
            return new(_judged, Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(_state))));
    }

    /// <summary>Rebuilds the detector by judging the run's spectra of the journal again: the same code gives the same state.</summary>
    /// <returns>Whether it came to the state of the checkpoint on the way.</returns>
    public bool Rebuild(IEnumerable<Spectrum> spectra, DetectorFingerprint checkpoint)
    {
        Reset();
        var same = Fingerprint() == checkpoint;
        foreach (var spectrum in spectra)
        {
            var (next, _, reading) = SpectrumAssessor.Assess(_state, spectrum, _area, _settings);
            Take(next, reading);
            same |= _judged == checkpoint.Spectra && Fingerprint() == checkpoint;
        }

        return same;
    }

    public void Assess(Spectrum spectrum, Guid run)
    {
        lock (_lock)
            _last = _last.ContinueWith(_ => Judge(spectrum, run), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        runtime.Track(_last);
    }

    private void Judge(Spectrum spectrum, Guid run)
    {
        var (next, assessment, reading) = SpectrumAssessor.Assess(_state, spectrum, _area, _settings);
        Take(next, reading);
        var fit = new JsonObject
        {
            ["type"] = "spectrum_assessed",
            ["spectrum"] = spectrum.Index,
            ["level"] = assessment.Level.ToString().ToLowerInvariant(),
            ["valid"] = assessment.Valid,
            ["detail"] = assessment.Detail,
            ["r_bulk_ohm"] = reading.Valid ? reading.BulkOhms : null,
            ["r_bulk_relative_sd"] = reading.Valid ? reading.BulkRelativeSd : null,
            ["r_int_ohm"] = reading.Valid ? reading.InterfaceOhms : null,
            ["evidence"] = assessment.Evidence is null ? null : JsonNode.Parse(CanonicalJson.Bytes(assessment.Evidence)),
        };
        var verdict = new SpectrumAssessed(
            spectrum.Index, spectrum.EndSeconds, assessment.Level, assessment.Valid, assessment.Reason, assessment.Detail);
        runtime.Time.After(runtime.Latency.About(FitTypical), () =>
        {
            journal.Fitted(run, spectrum.EndSeconds, fit);
            runtime.Tell(channel, verdict);
        });
    }

    private void Take(AssessorState next, CellReading reading)
    {
        lock (_lock)
            (_state, _judged, Reading) = (next, _judged + 1, reading.Valid ? reading : Reading);
    }

    private static DetectorSettings SettingsFor(Core.Cells.Material material) => DetectorSettings.Default with
    {
        ActivationElectronVolts = material.ActivationEnergy.ElectronVolts, ActivationSdElectronVolts = material.ActivationEnergySd.ElectronVolts,
    };
}

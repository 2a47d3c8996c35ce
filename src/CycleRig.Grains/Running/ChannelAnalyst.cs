using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>Fits and judges a channel's spectra on the thread pool, one after the other; the verdict comes back as an event.</summary>
internal sealed class ChannelAnalyst(RigRuntime runtime, string channel)
{
    private static readonly TimeSpan FitTypical = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly double _area = runtime.DescriptionOf(channel).Cell.Area.SquareCentimetres;
    private readonly DetectorSettings _settings = SettingsFor(runtime.DescriptionOf(channel).Cell.Material);
    private AssessorState _state = AssessorState.Initial;
    private Task _last = Task.CompletedTask;

    /// <summary>Newest reading, or null.</summary>
    public CellReading? Reading { get; private set; }

    /// <summary>Forgets everything: a new run begins.</summary>
    public void Reset()
    {
        lock (_lock)
            (_state, Reading) = (AssessorState.Initial, null);
    }

    /// <summary>Rebuilds the detector by judging the run's spectra of the journal again: the same code gives the same state.</summary>
    /// <returns>Whether there was anything to rebuild from.</returns>
    public bool Rebuild(IEnumerable<Spectrum> spectra)
    {
        Reset();
        var any = false;
        foreach (var spectrum in spectra)
        {
            (_state, _, Reading) = SpectrumAssessor.Assess(_state, spectrum, _area, _settings);
            any = true;
        }

        return any;
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
        lock (_lock)
            (_state, Reading) = (next, reading.Valid ? reading : Reading);
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
            runtime.Journal.Append(JournalRecord.Json(RecordKind.Fit, channel, run, spectrum.EndSeconds, runtime.Time.UtcNow, fit));
            runtime.Tell(channel, verdict);
        });
    }

    private static DetectorSettings SettingsFor(Core.Cells.Material material) => DetectorSettings.Default with
    {
        ActivationElectronVolts = material.ActivationEnergy.ElectronVolts, ActivationSdElectronVolts = material.ActivationEnergySd.ElectronVolts,
    };
}

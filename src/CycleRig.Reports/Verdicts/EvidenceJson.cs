using System.Text.Json.Nodes;
using CycleRig.Core.Safety;
using CycleRig.Impedance.Derived;
using CycleRig.Reports.Protocols;

namespace CycleRig.Reports.Verdicts;

/// <summary>The evidence behind a verdict as one JSON object: keys end in their units; what is not known is null. Times are on the run's clock.</summary>
public static class EvidenceJson
{
    /// <summary>Writes it.</summary>
    public static JsonObject Of(VerdictEvidence evidence) => new()
    {
        ["run_started_s"] = Finite(evidence.Run.StartedSeconds),
        ["area_cm2"] = Finite(evidence.Run.AreaSquareCentimetres),
        ["halt_s"] = evidence.Run.Halt is { } halt ? Finite(halt.TimeSeconds) : null,
        ["halt_reason"] = evidence.Run.Halt is { } stopped ? ReasonFacts.Of(stopped.Reason).Text : null,
        ["judged"] = Verdict(evidence.Judged, evidence.Now),
        ["last_healthy"] = evidence.HealthyVerdict is { } healthy ? Verdict(healthy, evidence.Healthy) : null,
        ["difference"] = new JsonObject
        {
            ["frequency_hz"] = Numbers(evidence.Difference.Select(point => point.FrequencyHz)),
            ["zre_ohm"] = Numbers(evidence.Difference.Select(point => point.Ohms.Real)),
            ["zim_ohm"] = Numbers(evidence.Difference.Select(point => point.Ohms.Imaginary)),
            ["zre_ohm_cm2"] = Numbers(evidence.Difference.Select(point => point.Ohms.Real * evidence.Run.AreaSquareCentimetres)),
            ["zim_ohm_cm2"] = Numbers(evidence.Difference.Select(point => point.Ohms.Imaginary * evidence.Run.AreaSquareCentimetres)),
        },
        ["after_halt"] = evidence.AfterHalt is { } after ? AfterHalt(after) : null,
        ["versions"] = new JsonObject { ["detector"] = evidence.Judged.Evidence?.Version, ["fit"] = evidence.Judged.FitVersion },
    };

    private static JsonObject Verdict(VerdictRow row, SpectrumEvidence? spectrum) => new()
    {
        ["level"] = row.Level.ToString().ToLowerInvariant(),
        ["time_s"] = Finite(row.TimeSeconds),
        ["passed_mah_cm2"] = Finite(row.PassedMilliampereHoursPerSquareCentimetre),
        ["detail"] = row.Detail,
        ["r_bulk_ohm"] = Finite(row.Evidence?.BulkOhms),
        ["r_bulk_30c_ohm"] = Finite(row.Evidence?.CompensatedOhms),
        ["correction_percent"] = Finite(row.Evidence?.CorrectionPercent),
        ["r_int_ohm"] = Finite(row.Evidence?.InterfaceOhms),
        ["pair"] = row.Evidence?.Pair,
        ["statistic"] = Finite(row.Evidence?.Statistic),
        ["threshold"] = Finite(row.Evidence?.Threshold),
        ["loss_percent"] = Finite(row.Evidence?.LossPercent),
        ["onset_s"] = Finite(row.Evidence?.OnsetSeconds),
        ["hypotheses"] = new JsonArray([.. row.Evidence is { Hypotheses.IsDefaultOrEmpty: false } known
            ? known.Hypotheses.Select(one => (JsonNode)new JsonObject { ["name"] = one.Name, ["meaning"] = EvidenceText.Meaning(one.Name), ["log_likelihood_gain"] = Finite(one.LogLikelihoodGain) })
            : []]),
        ["spectrum"] = spectrum is null ? null : Spectrum(spectrum),
    };

    private static JsonObject Spectrum(SpectrumEvidence spectrum) => new()
    {
        ["index"] = spectrum.Spectrum.Index,
        ["is_part"] = spectrum.IsPart,
        ["temperature_c"] = Finite(spectrum.Reading.TemperatureCelsius),
        ["fit_valid"] = spectrum.Reading.Valid,
        ["fit_why_not"] = spectrum.Reading.Valid ? null : spectrum.Reading.WhyNotValid,
        ["bulk_only"] = spectrum.Reading.BulkOnly,
        ["r_bulk_ohm"] = spectrum.Reading.Valid ? Finite(spectrum.Reading.BulkOhms) : null,
        ["r_bulk_relative_sd"] = spectrum.Reading.Valid ? Finite(spectrum.Reading.BulkRelativeSd) : null,
        ["residual"] = Finite(spectrum.Residual),
        ["check"] = spectrum.Check?.Grade.ToString(),
        ["check_reason"] = spectrum.Check?.Reason,
        ["direct_ohm"] = Finite(spectrum.DirectOhms),
        ["lowest_frequency_hz"] = Finite(spectrum.LowestHertz),
        ["lowest_zre_ohm"] = Finite(spectrum.LowestOhms),
        ["frequency_hz"] = Numbers(spectrum.Points.Select(point => point.Measured.FrequencyHz)),
        ["zre_ohm"] = Numbers(spectrum.Points.Select(point => point.Ohms.Real)),
        ["zim_ohm"] = Numbers(spectrum.Points.Select(point => point.Ohms.Imaginary)),
        ["fit_zre_ohm"] = Numbers(spectrum.Points.Select(point => point.Model.Real)),
        ["fit_zim_ohm"] = Numbers(spectrum.Points.Select(point => point.Model.Imaginary)),
        ["residual_re"] = Numbers(spectrum.Points.Select(point => point.Residual.Real)),
        ["residual_im"] = Numbers(spectrum.Points.Select(point => point.Residual.Imaginary)),
    };

    private static JsonObject AfterHalt(AfterHaltEvidence after) => new()
    {
        ["verdict"] = after.Verdict.Word switch
        {
            AfterHaltWord.Confirmed => "confirmed",
            AfterHaltWord.NotConfirmed => "not_confirmed",
            AfterHaltWord.Undecided => "undecided",
            AfterHaltWord.ShortedWhileStopping => "shorted_while_stopping",
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        ["complete"] = after.Verdict.IsComplete,
        ["text"] = after.Verdict.Text,
        ["run"] = after.Run?.ToString(),
        ["healthy_s"] = Finite(after.Healthy.EndSeconds),
        ["healthy_at_rest"] = after.Healthy.CurrentAmperes == 0,
        ["claimed_loss"] = after.Verdict.Claimed is { } claimed ? Interval(claimed) : null,
        ["short_share_of_r_bulk"] = Finite(after.Verdict.ShortShare),
        ["loss_min"] = AfterHaltVerdict.LossMin,
        ["spectra"] = new JsonArray([.. after.Verdict.Losses.Select(loss => (JsonNode)new JsonObject
        {
            ["minutes"] = Finite(loss.Minutes), ["loss"] = Interval(loss.Loss), ["r_int_ratio"] = Finite(loss.InterfaceRatio),
        })]),
    };

    private static JsonObject Interval(Estimate estimate) => new() { ["value"] = Finite(estimate.Value), ["low"] = Finite(estimate.Low), ["high"] = Finite(estimate.High) };

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(value => Finite(value))]);

    private static JsonValue? Finite(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}

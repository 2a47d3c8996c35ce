using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Validity;

namespace CycleRig.Reports.Fits;

/// <summary>What was found in a spectrum, as a versioned JSON document. SI units; what is no number is null.</summary>
public static class FitJson
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of one spectrum, `cyclerig-fit`.</summary>
    public static string One(SpectrumAnalysis analysis) => Of(analysis).ToJsonString(Readable) + "\n";

    /// <summary>The document of many, `cyclerig-fits`, with what could not be read or fitted.</summary>
    public static string Many(IEnumerable<SpectrumAnalysis> analyses, IEnumerable<string> errors) => new JsonObject
    {
        ["format"] = "cyclerig-fits",
        ["version"] = Version,
        ["spectra"] = new JsonArray([.. analyses.Select(Of)]),
        ["errors"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error))]),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Of(SpectrumAnalysis analysis)
    {
        var (imported, fit) = (analysis.Spectrum.Imported, analysis.Fit);
        return new()
        {
            ["format"] = "cyclerig-fit",
            ["version"] = Version,
            ["name"] = analysis.Spectrum.Name,
            ["file"] = analysis.Spectrum.File,
            ["fileFormat"] = imported.Format,
            ["label"] = imported.Label,
            ["points"] = analysis.Data.Count,
            ["rangeHz"] = new JsonArray(Number(analysis.Plan.Range.LowHz), Number(analysis.Plan.Range.HighHz)),
            ["noise"] = Number(analysis.Noise ?? double.NaN),
            ["noiseBy"] = analysis.Noise is null ? null : analysis.Plan.Noise is null ? "linear Kramers-Kronig" : "given",
            ["remarks"] = Texts([.. imported.Remarks, .. imported.Aborted ? ["the file says that the measurement was aborted"] : (string[])[]]),
            ["circuit"] = analysis.Circuit?.Text,
            ["fit"] = fit is null ? null : Fit(analysis),
            ["ranking"] = analysis.Ranking.IsEmpty ? null : new JsonArray([.. analysis.Ranking.Select(one => new JsonObject { ["circuit"] = one.Circuit.Text, ["excess"] = Number(one.Excess), ["reason"] = one.Fit.Reason })]),
            ["drift"] = analysis is { Drift: { } drift, Fit.Converged: true }
                ? new JsonObject { ["spanSeconds"] = analysis.SpanSeconds, ["relativeChange"] = new JsonObject(drift.Drifting.Select(name => KeyValuePair.Create(name, Number(drift.RelativeChange(name))))) }
                : null,
            ["sentinel"] = analysis.Sentinel is { } plan
                ? new JsonObject
                {
                    ["parameter"] = analysis.Plan.Sentinel, ["frequenciesHz"] = new JsonArray([.. plan.FrequenciesHz.Select(Number)]),
                    ["relativeStandardError"] = Number(plan.RelativeSd), ["durationSeconds"] = Number(plan.DurationSeconds),
                }
                : null,
            ["kk"] = analysis.Verdict is { } verdict ? Check(verdict) : null,
            ["drt"] = analysis.Relaxation is { } relaxation ? Relaxation(relaxation) : null,
        };
    }

    private static JsonObject Fit(SpectrumAnalysis analysis)
    {
        var (fit, circuit) = (analysis.Fit!, analysis.Circuit!);
        if (!fit.Converged)
            return new() { ["converged"] = false, ["reason"] = fit.Reason, ["parameters"] = null };
        var count = fit.Names.Length;
        return new()
        {
            ["converged"] = true,
            ["reason"] = fit.Reason,
            ["weights"] = analysis.Plan.Options.Weighting.ToString().ToLowerInvariant(),
            ["parameters"] = new JsonArray([.. Enumerable.Range(0, count).Select(k => Parameter(analysis, circuit, k))]),
            ["chiSquare"] = Number(fit.ChiSquare),
            ["degreesOfFreedom"] = fit.DegreesOfFreedom,
            ["reducedChiSquare"] = Number(fit.ReducedChiSquare),
            ["aic"] = Number(fit.Aic),
            ["bic"] = Number(fit.Bic),
            ["covarianceOf"] = "ln |p|, p for exponents and drifts",
            ["covariance"] = Rows(count, (a, b) => fit.Covariance[(a * count) + b]),
            ["correlations"] = Rows(count, (a, b) => fit.Correlation(fit.Names[a], fit.Names[b])),
            ["leftOutHz"] = Numbers(fit.LeftOut.Select(i => analysis.Data.FrequenciesHz[analysis.Within[i]])),
            ["atBounds"] = Texts(fit.AtBounds),
            ["undetermined"] = Texts(fit.Undetermined),
        };
    }

    private static JsonObject Parameter(SpectrumAnalysis analysis, Circuit circuit, int k)
    {
        var (name, fit) = (circuit.ParameterNames[k], analysis.Fit!);
        var json = new JsonObject
        {
            ["name"] = name,
            ["symbol"] = circuit.Parameters[k].Name,
            ["unit"] = circuit.Parameters[k].Unit,
            ["value"] = Number(fit.Values[k]),
            ["standardError"] = Number(fit.StandardErrors[k]),
            ["fixed"] = analysis.Plan.Options.Fixed.Contains(name),
        };
        if (!analysis.Intervals.IsEmpty)
            json["profile95"] = analysis.Intervals[k] is { } interval ? new JsonArray(Number(interval.Low), Number(interval.High)) : null;
        if (analysis.Bootstrap is { } bootstrap)
        {
            var (low, high) = bootstrap.Interval(name);
            json["bootstrap"] = new JsonObject { ["standardError"] = Number(bootstrap.StandardErrors[k]), ["low95"] = Number(low), ["high95"] = Number(high), ["refits"] = bootstrap.Converged };
        }

        return json;
    }

    private static JsonObject Check(SpectrumVerdict verdict) => new()
    {
        ["grade"] = verdict.Grade.ToString(),
        ["reason"] = verdict.Reason,
        ["driftPart"] = Number(verdict.DriftPart),
        ["elements"] = verdict.KramersKronig?.Elements,
        ["mu"] = Number(verdict.KramersKronig?.Mu ?? double.NaN),
        ["rmsReal"] = Number(verdict.KramersKronig?.RmsReal ?? double.NaN),
        ["rmsImaginary"] = Number(verdict.KramersKronig?.RmsImaginary ?? double.NaN),
        ["points"] = new JsonArray([.. verdict.Points.Where(point => point.Grade != PointGrade.Good).Select(point => new JsonObject { ["frequencyHz"] = Number(point.FrequencyHz), ["grade"] = point.Grade.ToString(), ["reason"] = point.Reason })]),
    };

    private static JsonObject Relaxation(RelaxationDistribution found) => new()
    {
        ["applies"] = found.Applies,
        ["reason"] = found.Reason,
        ["lambda"] = Number(found.Lambda),
        ["method"] = found.Method,
        ["ohmicOhms"] = Number(found.OhmicOhms),
        ["inductanceHenries"] = Number(found.InductanceHenries),
        ["polarisationOhms"] = Number(found.PolarisationOhms),
        ["rmsResidual"] = Number(found.RmsResidual),
        ["peaks"] = new JsonArray([.. found.Peaks.Select(peak => new JsonObject
        {
            ["resistanceOhms"] = Number(peak.ResistanceOhms),
            ["resistance95"] = new JsonArray(Number(peak.ResistanceLowOhms), Number(peak.ResistanceHighOhms)),
            ["timeConstantSeconds"] = Number(peak.TimeConstantSeconds),
            ["timeConstant95"] = new JsonArray(Number(peak.TimeConstantLowSeconds), Number(peak.TimeConstantHighSeconds)),
        })]),
        ["timeConstantsSeconds"] = Numbers(found.TimeConstantsSeconds),
        ["gammaOhms"] = Numbers(found.GammaOhms),
    };

    private static JsonArray Rows(int count, Func<int, int, double> at) =>
        new([.. Enumerable.Range(0, count).Select(a => Numbers(Enumerable.Range(0, count).Select(b => at(a, b))))]);

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

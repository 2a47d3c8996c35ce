using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Validity;

namespace CycleRig.Impedance;

/// <summary>
/// Fits by lines of JSON: <c>{"id","circuit","freq","zreal","zimag"}</c> with optional <c>noise</c> (relative), <c>time_s</c> (per point: the
/// cell may drift) and <c>t_ref_s</c> (the instant for which it is reported) gives parameters, standard errors, χ² and noise, or why there
/// are none. From the data alone, robust: points beyond five standard deviations are left out and told.
/// </summary>
public static class FitJsonl
{
    /// <summary>An exact spectrum has none; its digits end here.</summary>
    private const double NoiseMin = 1e-9;

    /// <summary>Reduced χ² from which residuals are more than noise: three times its standard deviation.</summary>
    private const double MisfitAbove = 9;

    /// <summary>No impedance is larger; squares stay far from the limits of arithmetic.</summary>
    private const double OhmsMax = 1e30;

    private const double SecondsPerHour = 3600;

    /// <summary>Answers one line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number, from 1: for unreadable ones.</param>
    public static string Answer(string line, int number)
    {
        try
        {
            var json = JsonNode.Parse(line) as JsonObject ?? throw new JsonException("no JSON object");
            return Fit(json).ToJsonString();
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new JsonObject { ["line"] = number, ["error"] = wrong.Message.ReplaceLineEndings(" ") }.ToJsonString();
        }
    }

    private static JsonObject Fit(JsonObject json)
    {
        var circuit = Circuit.Parse(json["circuit"]?.GetValue<string>() ?? throw new FormatException("`circuit` is missing"));
        var times = json["time_s"] is null ? null : Numbers(json, "time_s");
        var data = new ImpedanceData(Numbers(json, "freq"), Numbers(json, "zreal"), Numbers(json, "zimag"), times);
        if (Enumerable.Range(0, data.Count).Any(i => data.Modulus(i) > OhmsMax))
            throw new FormatException(FormattableString.Invariant($"|Z| is above {OhmsMax} Ω at a point; leave it out"));
        if (json["noise"] is null && data.Count < LinearKramersKronig.PointsMin)
            return Unfitted(json, $"{data.Count} points; give `noise`, or {LinearKramersKronig.PointsMin} points or more from which it is told");
        var noise = Number(json, "noise") ?? Math.Max(LinearKramersKronig.Noise(data), NoiseMin);
        if (!(noise > 0) || !double.IsFinite(noise))
            throw new FormatException(FormattableString.Invariant($"`noise` is {noise}; give a relative standard deviation above 0, or leave it out"));
        var options = FitOptions.Default with { Noise = noise, RejectAbove = FitOptions.RejectByDefault, ReferenceSeconds = Number(json, "t_ref_s") };
        var drift = times is null ? null : DriftFit.Fit(circuit, data, options);
        var fit = drift?.Fit ?? CircuitFit.Fit(circuit, data, options);
        JsonObject answer = new()
        {
            ["id"] = json["id"]?.DeepClone(),
            ["parameters"] = fit.Converged ? Named(fit.Names, fit.Values) : null,
            ["standardErrors"] = fit.Converged ? Named(fit.Names, fit.StandardErrors) : null,
            ["chiSquare"] = Finite(fit.ChiSquare),
            ["noise"] = noise,
            ["converged"] = fit.Converged,
            ["reason"] = fit.Converged && fit.ReducedChiSquare > MisfitAbove
                ? $"{(fit.Reason.Length > 0 ? fit.Reason + "; " : "")}the residuals are {Math.Sqrt(fit.ReducedChiSquare).ToString("G2", CultureInfo.InvariantCulture)} times the noise: this circuit does not describe these points"
                : fit.Reason,
        };
        if (drift is { Drifting.IsEmpty: false })
            answer["driftPerHour"] = Named(drift.Drifting, [.. drift.Drifting.Select(name => drift.RelativeChange(name) * SecondsPerHour / (data.TimesSeconds.Max() - data.TimesSeconds.Min()))]);
        return answer;
    }

    private static JsonObject Unfitted(JsonObject json, string why) => new()
    {
        ["id"] = json["id"]?.DeepClone(), ["parameters"] = null, ["standardErrors"] = null, ["chiSquare"] = null, ["noise"] = null,
        ["converged"] = false, ["reason"] = why,
    };

    private static JsonObject Named(IReadOnlyList<string> names, IReadOnlyList<double> values) =>
        new(names.Select((name, i) => KeyValuePair.Create(name, (JsonNode?)Finite(values[i]))));

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double? Number(JsonObject json, string key) => json[key]?.GetValue<double>();

    private static List<double> Numbers(JsonObject json, string key) => json[key] is JsonArray array
        ? [.. array.Select((item, i) => item?.GetValue<double>() ?? throw new FormatException($"`{key}` has no number at place {i + 1}; leave the point out"))]
        : throw new FormatException($"`{key}` is missing or no list of numbers");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Validity;

namespace CycleRig.Impedance;

/// <summary>
/// Fits by lines of JSON: <c>{"id","circuit","freq","zreal","zimag"}</c> with optional <c>noise</c> gives parameters, standard errors,
/// χ² and noise, or why there are none. Points with their own times are not fitted as a changing cell yet; times are not looked at.
/// </summary>
public static class FitJsonl
{
    private const double RejectAbove = 6;

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
        var data = new ImpedanceData(Numbers(json, "freq"), Numbers(json, "zreal"), Numbers(json, "zimag"));
        if (json["noise"] is null && data.Count < LinearKramersKronig.PointsMin)
            return Unfitted(json, $"{data.Count} points; give `noise`, or {LinearKramersKronig.PointsMin} points or more from which it is told");
        var noise = json["noise"]?.GetValue<double>() ?? LinearKramersKronig.Noise(data);
        var fit = CircuitFit.Fit(circuit, data, FitOptions.Default with { Noise = noise, RejectAbove = RejectAbove });
        return new()
        {
            ["id"] = json["id"]?.DeepClone(),
            ["parameters"] = fit.Converged ? Named(fit.Names, fit.Values) : null,
            ["standardErrors"] = fit.Converged ? Named(fit.Names, fit.StandardErrors) : null,
            ["chiSquare"] = Finite(fit.ChiSquare),
            ["noise"] = noise,
            ["converged"] = fit.Converged,
            ["reason"] = fit.Reason,
        };
    }

    private static JsonObject Unfitted(JsonObject json, string why) => new()
    {
        ["id"] = json["id"]?.DeepClone(), ["parameters"] = null, ["standardErrors"] = null, ["chiSquare"] = null, ["noise"] = null,
        ["converged"] = false, ["reason"] = why,
    };

    private static JsonObject Named(IReadOnlyList<string> names, IReadOnlyList<double> values) =>
        new(names.Select((name, i) => KeyValuePair.Create(name, (JsonNode?)Finite(values[i]))));

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static List<double> Numbers(JsonObject json, string key) => json[key] is JsonArray array
        ? [.. array.Select(item => item!.GetValue<double>())]
        : throw new FormatException($"`{key}` is missing or no list of numbers");
}

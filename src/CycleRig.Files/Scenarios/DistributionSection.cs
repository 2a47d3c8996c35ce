using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>
/// Reads a value or how it is drawn: `5 min`, `{uniform: [a, b]}`, `{log_uniform: [a, b]}`, `{normal: [mean, sd]}`,
/// `{lognormal: [median, sd of the logarithm]}` or `{weibull: [scale, shape]}`.
/// </summary>
internal static class DistributionSection
{
    private const string Laws = "uniform, log_uniform, normal, lognormal, weibull";

    /// <summary>Reads a key; every value that can come out lies within the bounds, or is cut there when it is drawn.</summary>
    public static Distribution Read(YamlMap map, string key, Dimension? dimension, double low, double high)
    {
        if (!map.IsMap(key))
        {
            var value = dimension is { } known ? map.Quantity(key, known) : map.Number(key);
            Within(map, key, key, value, dimension, low, high);
            return new Fixed(Math.Clamp(value, low, high));
        }

        var law = map.Map(key);
        if (law.Keys.Count() != 1)
        {
            law.Report($"the distribution of `{key}` is {(law.Keys.Any() ? "more than one law" : "empty")}; write one of {Laws} with two values");
            foreach (var each in law.Keys.ToList())
                law.Two(each, dimension, dimension);
            return new Fixed(low);
        }

        return Law(law, law.Keys.First(), key, dimension, low, high) with { Low = low, High = high };
    }

    private static Distribution Law(YamlMap law, string kind, string key, Dimension? dimension, double low, double high)
    {
        // The second value of these two is a pure number.
        var (first, second) = law.Two(kind, dimension, kind is "lognormal" or "weibull" ? null : dimension);
        switch (kind)
        {
            case "uniform" or "log_uniform":
                if (!(second > first))
                    law.Report(kind, $"the distribution of `{key}` is empty: its second value is not above its first; write a larger one");
                Within(law, kind, key, first, dimension, low, high);
                Within(law, kind, key, second, dimension, low, high);
                if (kind == "log_uniform" && first <= 0)
                    law.Report(kind, "values of log_uniform are above 0; write a larger first one");
                return kind == "uniform" ? new Uniform(first, second) : new LogUniform(Math.Max(first, double.Epsilon), second);
            case "normal":
                Spread(law, kind, second);
                return new Normal(first, second);
            case "lognormal":
                Spread(law, kind, second);
                return new LogNormal(first, second);
            case "weibull":
                Spread(law, kind, second);
                return new Weibull(first, second);
            default:
                law.Report(kind, $"`{kind}` is no distribution; write one of {Laws}");
                return new Fixed(low);
        }
    }

    private static void Spread(YamlMap law, string kind, double value)
    {
        if (!(value > 0))
            law.Report(kind, $"the second value of {kind} is not above 0: the distribution is empty; write a larger one");
    }

    /// <summary>Bounds are known in SI; a bare number has no other unit.</summary>
    private static void Within(YamlMap map, string at, string name, double value, Dimension? dimension, double low, double high)
    {
        if (value < low || value > high)
            map.Report(at, FormattableString.Invariant($"{value:G6}{(dimension is null ? "" : " (in SI)")} is not possible for `{name}`; write a value from {low:G6} to {high:G6}"));
    }
}

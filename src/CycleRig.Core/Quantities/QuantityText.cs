using System.Collections.Frozen;
using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>
/// Reads a number with its unit: SI prefix and unit, µ as U+00B5, U+03BC or u, Ω or ohm, ² or 2 or ^2, °C or degC, case-sensitive, a space
/// before the unit optional. A bare number is no quantity.
/// </summary>
public static class QuantityText
{
    private const double ZeroCelsius = 273.15;

    private static readonly (string Prefix, double Factor)[] Prefixes =
    [
        ("f", 1e-15), ("p", 1e-12), ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9),
    ];

    private static readonly FrozenDictionary<Dimension, FrozenDictionary<string, double>> Units = Enum.GetValues<Dimension>()
        .ToFrozenDictionary(dimension => dimension, dimension => UnitsOf(dimension).ToFrozenDictionary(unit => unit.Text, unit => unit.Factor));

    /// <summary>Reads a quantity as SI (V, A, A/m², m², m, C, C/m², K, Pa, Hz, Ω, eV, s, S/m, F, H, Ω m²).</summary>
    /// <param name="text">Such as `0.5 mA/cm²`.</param>
    /// <param name="dimension">What it must be.</param>
    /// <param name="si">The value.</param>
    /// <param name="error">What was read and what to write instead; empty when it was read.</param>
    public static bool TryParse(string text, Dimension dimension, out double si, out string error)
    {
        si = 0;
        var trimmed = text.Trim();
        var split = NumberLength(trimmed);
        if (split == 0 || !double.TryParse(trimmed.AsSpan(0, split), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            error = $"`{text}` is no number with a unit; write {Word(dimension)} such as `{Example(dimension)}`";
            return false;
        }

        var unit = Normal(trimmed[split..].Trim());
        if (unit.Length == 0)
        {
            error = $"`{text}` has no unit; write {Word(dimension)} such as `{Example(dimension)}`";
            return false;
        }

        if (!Units[dimension].TryGetValue(unit, out var factor))
        {
            var other = Enum.GetValues<Dimension>().Where(d => Units[d].ContainsKey(unit)).Select(Word).FirstOrDefault();
            error = $"`{text}` {(other is null ? $"has the unknown unit `{trimmed[split..].Trim()}`" : $"is {other}")}; write {Word(dimension)} such as `{Example(dimension)}`";
            return false;
        }

        si = (number * factor) + (dimension == Dimension.Temperature && unit == "degC" ? ZeroCelsius : 0);
        error = double.IsFinite(si) ? "" : $"`{text}` is too large; write {Word(dimension)} such as `{Example(dimension)}`";
        return error.Length == 0;
    }

    /// <summary>The dimension in words, with its article.</summary>
    public static string Word(Dimension dimension) => dimension switch
    {
        Dimension.Voltage => "a voltage",
        Dimension.Current => "a current",
        Dimension.CurrentDensity => "a current density",
        Dimension.Area => "an area",
        Dimension.Length => "a length",
        Dimension.Charge => "a charge",
        Dimension.ArealCapacity => "an areal capacity",
        Dimension.Temperature => "a temperature",
        Dimension.TemperatureDifference => "a temperature difference",
        Dimension.Pressure => "a pressure",
        Dimension.Frequency => "a frequency",
        Dimension.Resistance => "a resistance",
        Dimension.Energy => "an activation energy",
        Dimension.Time => "a duration",
        Dimension.Conductivity => "a conductivity",
        Dimension.Capacitance => "a capacitance",
        Dimension.Inductance => "an inductance",
        Dimension.ArealResistance => "a resistance times area",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Example(Dimension dimension) => dimension switch
    {
        Dimension.Voltage => "5 V",
        Dimension.Current => "0.1 mA",
        Dimension.CurrentDensity => "0.5 mA/cm²",
        Dimension.Area => "0.0314 cm²",
        Dimension.Length => "2 mm",
        Dimension.Charge => "1 mAh",
        Dimension.ArealCapacity => "1 mAh/cm²",
        Dimension.Temperature => "30 °C",
        Dimension.TemperatureDifference => "0.5 K",
        Dimension.Pressure => "5 MPa",
        Dimension.Frequency => "7 MHz",
        Dimension.Resistance => "440 Ω",
        Dimension.Energy => "0.39 eV",
        Dimension.Time => "10 min",
        Dimension.Conductivity => "1 mS/cm",
        Dimension.Capacitance => "8 pF",
        Dimension.Inductance => "0.4 µH",
        Dimension.ArealResistance => "2000 Ω cm²",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<(string Text, double Factor)> UnitsOf(Dimension dimension) => dimension switch
    {
        Dimension.Voltage => Prefixed("V"),
        Dimension.Current => Prefixed("A"),
        Dimension.CurrentDensity => PerArea(Prefixed("A")),
        Dimension.Area => [("m2", 1), ("cm2", 1e-4), ("mm2", 1e-6), ("um2", 1e-12)],
        Dimension.Length => [.. Prefixed("m"), ("cm", 1e-2)],
        Dimension.Charge => [.. Prefixed("C"), .. Prefixed("Ah").Select(unit => (unit.Text, unit.Factor * 3600))],
        Dimension.ArealCapacity => PerArea([.. Prefixed("C"), .. Prefixed("Ah").Select(unit => (unit.Text, unit.Factor * 3600))]),
        Dimension.Temperature => [("degC", 1), ("K", 1)],
        Dimension.TemperatureDifference => [("K", 1), ("mK", 1e-3)],
        Dimension.Pressure => [.. Prefixed("Pa"), ("bar", 1e5), ("mbar", 100)],
        Dimension.Frequency => Prefixed("Hz"),
        Dimension.Resistance => Prefixed("ohm"),
        Dimension.Energy => [("eV", 1), ("meV", 1e-3)],
        Dimension.Time => [("s", 1), ("ms", 1e-3), ("min", 60), ("h", 3600), ("d", 86_400)],
        Dimension.Conductivity => [.. Prefixed("S").SelectMany(unit => new[] { (unit.Text + "/cm", unit.Factor * 100), (unit.Text + "/m", unit.Factor) })],
        Dimension.Capacitance => Prefixed("F"),
        Dimension.Inductance => Prefixed("H"),
        Dimension.ArealResistance => [.. Prefixed("ohm").SelectMany(unit => new[] { (unit.Text + " cm2", unit.Factor * 1e-4), (unit.Text + "*cm2", unit.Factor * 1e-4) })],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<(string Text, double Factor)> Prefixed(string unit) => Prefixes.Select(p => (p.Prefix + unit, p.Factor));

    private static IEnumerable<(string Text, double Factor)> PerArea(IEnumerable<(string Text, double Factor)> units) =>
        units.SelectMany(unit => new[] { (unit.Text + "/cm2", unit.Factor * 1e4), (unit.Text + "/m2", unit.Factor) });

    private static string Normal(string unit) => unit.Replace('\u00B5', 'u').Replace('\u03BC', 'u').Replace("Ω", "ohm", StringComparison.Ordinal)
        .Replace("\u2126", "ohm", StringComparison.Ordinal).Replace("^2", "2", StringComparison.Ordinal).Replace('²', '2')
        .Replace("°C", "degC", StringComparison.Ordinal);

    private static int NumberLength(string text)
    {
        var at = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or '+' or '-' || IsExponent(text, at)))
            at++;
        return at;
    }

    /// <summary>`e` belongs to the number only before a digit or a sign: `1 eV` is not 1e.</summary>
    private static bool IsExponent(string text, int at) =>
        text[at] is 'e' or 'E' && at > 0 && at + 1 < text.Length && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] is '-' or '+');
}

using System.Globalization;
using CycleRig.Reports.Fits;

namespace CycleRig.Reports.Protocols;

/// <summary>Value and interval of a row as people read them: one prefix and one number of decimals for all of them.</summary>
internal static class ReportNumber
{
    /// <summary>Digits of half an interval, of a number without one, and of any.</summary>
    private const int IntervalDigits = 2, Digits = 4, DigitsMax = 7;

    /// <summary>Where a unit that takes prefixes does without one.</summary>
    private const double PlainLow = 0.1, PlainHigh = 1e5;

    /// <summary>Below this numbers are written with an exponent.</summary>
    private const double FixedLow = 1e-4;

    private static readonly string[] Prefixed = ["Ω", "S/cm"];

    /// <summary>Texts for the columns of a table; a bound without a value stands in the column of values.</summary>
    public static (string Value, string Interval) Of(ReportRow row)
    {
        double[] all = [.. new[] { row.Value, row.Low, row.High }.OfType<double>().Select(Math.Abs)];
        var largest = all.DefaultIfEmpty(0).Max();
        var (scale, prefix) = largest > 0 && Prefixed.Contains(row.Unit) && largest is < PlainLow or >= PlainHigh ? SiText.Prefix(largest) : (1, "");
        var decimals = Decimals(HalfWidth(row) / scale, largest / scale);
        var interval = (row.Low, row.High) switch
        {
            ({ } low, { } high) => $"{Text(low)} to {Text(high)}",
            ({ } low, null) => $"above {Text(low)}",
            (null, { } high) => $"below {Text(high)}",
            _ => "",
        };
        var unit = $" {prefix}{row.Unit}".TrimEnd();
        return row.Value is { } value ? (Text(value) + unit, interval) : (interval + unit, "");

        string Text(double number) => decimals is { } some
            ? (Math.Round(number / scale, some) + 0.0).ToString($"F{some}", CultureInfo.InvariantCulture)
            : SiText.Plain(number / scale, Digits);
    }

    private static double HalfWidth(ReportRow row) => row switch
    {
        { Low: { } low, High: { } high } => (high - low) / 2,
        { Value: { } value, Low: { } low } => value - low,
        { Value: { } value, High: { } high } => high - value,
        _ => 0,
    };

    /// <summary>Null where the numbers need an exponent, or have no interval and stand as they are.</summary>
    private static int? Decimals(double half, double largest)
    {
        if (largest is > 0 and < FixedLow || largest >= Math.Pow(10, DigitsMax))
            return null;
        if (!(half > 0))
            return largest >= Math.Pow(10, Digits) ? 0 : null;
        return Math.Clamp(IntervalDigits - 1 - Exponent(half), 0, DigitsMax - 1 - Math.Max(0, Exponent(largest)));
    }

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(value));
}

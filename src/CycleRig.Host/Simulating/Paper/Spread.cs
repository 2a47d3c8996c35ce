using System.Globalization;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>Values over seeds; of none every figure is NaN, and no row passes.</summary>
/// <param name="values">The values.</param>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Median => At(0.5);

    public double Mean => Count > 0 ? _sorted.Average() : double.NaN;

    public double Most => Count > 0 ? _sorted[^1] : double.NaN;

    /// <summary>Quantile, between the nearest two values.</summary>
    public double At(double share)
    {
        if (Count == 0)
            return double.NaN;
        var place = share * (_sorted.Length - 1);
        var below = (int)place;
        return below + 1 < _sorted.Length ? _sorted[below] + ((place - below) * (_sorted[below + 1] - _sorted[below])) : _sorted[below];
    }

    /// <summary>Share of the values between two bounds.</summary>
    public double Within(double low, double high) => _sorted.Count(value => value >= low && value <= high) / (double)_sorted.Length;

    /// <summary>Median and 5-95 %.</summary>
    public string Text(string format, string unit) =>
        $"{Number(Median, format)} ({Number(At(0.05), format)} to {Number(At(0.95), format)}){(unit.Length > 0 ? " " + unit : "")}";

    /// <summary>What rounds to zero has no sign.</summary>
    private static string Number(double value, string format)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.Any(char.IsAsciiDigit) && text.All(letter => letter is < '1' or > '9') ? text.TrimStart('-') : text;
    }
}

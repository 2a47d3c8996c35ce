using System.Globalization;
using CycleRig.Core.Quantities;
using CycleRig.Impedance;

namespace CycleRig.Reports.Fits;

/// <summary>Frequencies that are used, both ends included. What lies outside is told, not hidden.</summary>
/// <param name="LowHz">Lowest, Hz; 0 where there is no end.</param>
/// <param name="HighHz">Highest, Hz; infinite where there is no end.</param>
public readonly record struct FrequencyRange(double LowHz, double HighHz)
{
    public static FrequencyRange All { get; } = new(0, double.PositiveInfinity);

    public bool IsAll => this == All;

    /// <summary>Reads `1 kHz..3 MHz`, `0.1..1e6` (in Hz), `..3 MHz` or `1 kHz..`.</summary>
    /// <exception cref="FormatException">It is none; the message says what to write.</exception>
    public static FrequencyRange Parse(string text)
    {
        var at = text.IndexOf("..", StringComparison.Ordinal);
        if (at < 0)
            throw new FormatException($"`{text}` is no range of frequencies; write `1kHz..3MHz`, `1kHz..` or `..3MHz`");
        var range = new FrequencyRange(End(text[..at], 0), End(text[(at + 2)..], double.PositiveInfinity));
        return range.LowHz < range.HighHz ? range : throw new FormatException($"the range `{text}` holds no frequency; write the lower end first, such as `1kHz..3MHz`");
    }

    /// <summary>Indices of the points within, in the order of the data.</summary>
    public int[] Within(ImpedanceData data)
    {
        var (low, high) = (LowHz, HighHz);
        return [.. Enumerable.Range(0, data.Count).Where(i => data.FrequenciesHz[i] >= low && data.FrequenciesHz[i] <= high)];
    }

    public override string ToString() => IsAll ? "all" : $"{(LowHz > 0 ? SiText.Brief(LowHz, "Hz") : "")}..{(double.IsFinite(HighHz) ? SiText.Brief(HighHz, "Hz") : "")}";

    private static double End(string text, double open)
    {
        if (string.IsNullOrWhiteSpace(text))
            return open;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bare) && bare > 0 && double.IsFinite(bare))
            return bare;
        return QuantityText.TryParse(text, Dimension.Frequency, out var hertz, out var error) && hertz > 0
            ? hertz
            : throw new FormatException(error.Length > 0 ? $"--range: {error}" : $"--range: `{text}` is no frequency above 0; write such as `1 kHz`");
    }
}

using CycleRig.Impedance.Derived;

namespace CycleRig.Reports.Protocols;

/// <summary>One line of a report.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number; null where the line is words alone, or a bound without a value.</param>
/// <param name="Unit">Its unit, "" for a count or a ratio.</param>
/// <param name="Verdict">What a person should read from it, or "".</param>
public sealed record ReportRow(string Name, double? Value, string Unit, string Verdict = "")
{
    /// <summary>The value; null where it is no number.</summary>
    public double? Value { get; init; } = Value is { } number ? Finite(number) : null;

    /// <summary>Lower end of the 95 % interval, in the unit; null where there is none.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end; null where there is none, also where the data set no upper bound.</summary>
    public double? High { get; init; }

    /// <summary>A line with an interval; an end that is infinite is left out.</summary>
    public static ReportRow Of(string name, Estimate estimate, string unit, string verdict = "") =>
        new(name, Finite(estimate.Value), unit, verdict) { Low = Finite(estimate.Low), High = Finite(estimate.High) };

    /// <summary>A line of words.</summary>
    public static ReportRow Words(string name, string verdict) => new(name, null, "", verdict);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

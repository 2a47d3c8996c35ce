namespace CycleRig.Impedance.Derived;

/// <summary>A number with its 95 % interval.</summary>
/// <param name="Value">Best value.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end; infinite where the data set none.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Half-width of a 95 % interval of a normal deviate, in standard errors.</summary>
    private const double Normal95 = 1.959964;

    /// <summary>Value with a normal standard error.</summary>
    public static Estimate OfError(double value, double standardError) => new(value, value - (Normal95 * standardError), value + (Normal95 * standardError));

    /// <summary>Value with a standard error that was itself estimated with so many degrees of freedom, by Student's t.</summary>
    public static Estimate OfError(double value, double standardError, int degreesOfFreedom)
    {
        var half = LinearModel.Student95(degreesOfFreedom) * standardError;
        return new(value, value - half, value + half);
    }

    /// <summary>A positive value whose logarithm has a normal standard error.</summary>
    public static Estimate OfLogError(double value, double logError) =>
        new(value, value * Math.Exp(-Normal95 * logError), value * Math.Exp(Normal95 * logError));

    /// <summary>Mean of two or more values that scatter normally, by Student's t.</summary>
    /// <exception cref="UnusableDataException">Fewer than two values.</exception>
    public static Estimate OfMean(IReadOnlyList<double> values) => values.Count >= 2
        ? OfCoefficient(LinearModel.Fit([.. Enumerable.Repeat<double[]>([1], values.Count)], values), 0)
        : throw new UnusableDataException($"{values.Count} values; a mean with an interval needs 2 or more");

    /// <summary>Slope of a straight line through three or more points, by Student's t.</summary>
    /// <exception cref="UnusableDataException">Fewer than three points, or all at one place.</exception>
    public static Estimate OfSlope(IReadOnlyList<double> places, IReadOnlyList<double> values)
    {
        var (middle, range) = (places.DefaultIfEmpty().Average(), places.DefaultIfEmpty().Max() - places.DefaultIfEmpty().Min());
        if (places.Count < 3 || range == 0)
            throw new UnusableDataException($"{places.Count} points; a slope with an interval needs 3 or more, not all at one place");
        return OfCoefficient(LinearModel.Fit([.. places.Select(place => new[] { 1, (place - middle) / range })], values), 1).Times(1 / range);
    }

    /// <summary>In another unit; a negative factor changes the ends.</summary>
    public Estimate Times(double factor) => factor >= 0 ? new(Value * factor, Low * factor, High * factor) : new(Value * factor, High * factor, Low * factor);

    /// <summary>Through a rising function.</summary>
    public Estimate Through(Func<double, double> rising) => new(rising(Value), rising(Low), rising(High));

    internal static Estimate OfCoefficient(LinearModel model, int coefficient) =>
        OfError(model.Coefficients[coefficient], model.StandardError(coefficient), model.DegreesOfFreedom);
}

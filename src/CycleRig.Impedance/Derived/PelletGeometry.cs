using System.Globalization;
using CycleRig.Core.Quantities;

namespace CycleRig.Impedance.Derived;

/// <summary>A pellet between round electrodes, with what is known of its dimensions.</summary>
/// <param name="Thickness">Distance between the electrodes, above 0.</param>
/// <param name="Diameter">Of the smaller electrode, above 0.</param>
public sealed record PelletGeometry(Length Thickness, Length Diameter)
{
    /// <summary>Standard error of the thickness; 0 by default.</summary>
    public Length ThicknessStandardError { get; init; }

    /// <summary>Standard error of the diameter; 0 by default.</summary>
    public Length DiameterStandardError { get; init; }

    /// <summary>
    /// f in R = f L/(σ A): below 1 where the current spreads beside a small electrode (2 mm on 1.2 mm in a wide pellet 0.63 to 0.66). Null:
    /// not corrected, the current is taken to flow straight.
    /// </summary>
    public double? SpreadingFactor { get; init; }

    /// <summary>Standard error of the factor, by itself: that f changes with thickness and diameter is not counted.</summary>
    public double SpreadingStandardError { get; init; }

    /// <summary>Of the electrode.</summary>
    public Area Area => Area.OfDisc(Diameter);

    /// <summary>What turns a conductance into a conductivity: f L/A, 1/m.</summary>
    internal double PerMetre => (SpreadingFactor ?? 1) * Thickness.Metres / Area.SquareMetres;

    /// <summary>Relative variance of f L/A.</summary>
    internal double RelativeVariance => Square(ThicknessStandardError.Metres / Thickness.Metres)
        + Square(2 * DiameterStandardError.Metres / Diameter.Metres)
        + (SpreadingFactor is { } factor ? Square(SpreadingStandardError / factor) : 0);

    /// <summary>Whether spreading was corrected, in words.</summary>
    internal static string SpreadingText(double? spreadingFactor) => spreadingFactor is { } factor
        ? string.Create(CultureInfo.InvariantCulture, $"spreading corrected, f = {factor:G4}")
        : "spreading not corrected";

    /// <summary>Refuses what is no pellet.</summary>
    /// <exception cref="UnusableDataException">A dimension is not positive, an error negative, or one is no number.</exception>
    internal void Check()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("thickness", Thickness.Metres), ("diameter", Diameter.Metres), ("spreading factor", SpreadingFactor ?? 1)])
        {
            if (!(value > 0) || !double.IsFinite(value))
                throw new UnusableDataException(string.Create(CultureInfo.InvariantCulture, $"the pellet's {name} is {value:G6}; give one above 0"));
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("thickness", ThicknessStandardError.Metres), ("diameter", DiameterStandardError.Metres), ("spreading factor", SpreadingStandardError)])
        {
            if (!(value >= 0) || !double.IsFinite(value))
                throw new UnusableDataException(string.Create(CultureInfo.InvariantCulture, $"the standard error of the pellet's {name} is {value:G6}; give 0 or more"));
        }
    }

    private static double Square(double value) => value * value;
}

using System.Globalization;
using CycleRig.Core.Quantities;

namespace CycleRig.Impedance.Derived;

/// <summary>Conductivity of a pellet from its resistance: σ = f L/(R A).</summary>
/// <param name="Value">σ.</param>
/// <param name="StandardError">One standard error, from those of R, L, the diameter and f, taken as independent.</param>
/// <param name="ArealResistanceOhmSquareCentimetres">R A, Ω cm².</param>
/// <param name="SpreadingFactor">f, or null where spreading was not corrected.</param>
public sealed record ConductivityFromGeometry(
    Conductivity Value, Conductivity StandardError, double ArealResistanceOhmSquareCentimetres, double? SpreadingFactor)
{
    /// <summary>Whether the current's spreading beside the electrode was corrected.</summary>
    public bool SpreadingCorrected => SpreadingFactor is not null;

    /// <summary>Computes it.</summary>
    /// <param name="resistance">Of the pellet alone: without leads and interfaces. Above 0.</param>
    /// <param name="standardError">Its standard error, 0 or more.</param>
    /// <param name="pellet">Dimensions.</param>
    /// <exception cref="UnusableDataException">The resistance or a dimension is not positive, or no number.</exception>
    public static ConductivityFromGeometry Of(Resistance resistance, Resistance standardError, PelletGeometry pellet)
    {
        pellet.Check();
        if (!(resistance.Ohms > 0) || !double.IsFinite(resistance.Ohms))
            throw new UnusableDataException($"the pellet's resistance is {resistance}; a conductivity needs one above 0");
        if (!(standardError.Ohms >= 0) || !double.IsFinite(standardError.Ohms))
            throw new UnusableDataException($"the standard error of the pellet's resistance is {standardError}; give 0 or more");
        var sigma = pellet.PerMetre / resistance.Ohms;
        var relative = standardError.Ohms / resistance.Ohms;
        return new(
            new(sigma), new(sigma * Math.Sqrt((relative * relative) + pellet.RelativeVariance)),
            resistance.Ohms * pellet.Area.SquareCentimetres, pellet.SpreadingFactor);
    }

    /// <summary>Such as `1 ± 0.05 mS/cm, spreading not corrected`.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Value.MillisiemensPerCentimetre:G4} ± {StandardError.MillisiemensPerCentimetre:G2} mS/cm, {PelletGeometry.SpreadingText(SpreadingFactor)}");
}

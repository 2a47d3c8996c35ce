using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Quantities;

namespace CycleRig.Impedance.Derived;

/// <summary>What a current-voltage sweep of a shorted cell says.</summary>
public enum SweepVerdict
{
    /// <summary>A straight line: a metal.</summary>
    Ohmic,

    /// <summary>Conducts, but bends: not (only) a metal.</summary>
    NotOhmic,

    /// <summary>No slope that can be told from zero.</summary>
    NoConduction,
}

/// <summary>
/// A linear sweep (some mV either way) of a shorted cell: I = I₀ + V/R by least squares in the current, since the voltage is imposed; an F
/// test for V² and V³; and the wire that would have this resistance, d = √(4 ρ L/(π R)).
/// </summary>
public sealed record OhmicSweep
{
    /// <summary>Points that four terms and a residual need.</summary>
    public const int PointsMin = 6;

    /// <summary>A bend counts when chance would give it in fewer than 1 of 100 sweeps.</summary>
    public const double Significance = 0.01;

    /// <summary>And when it moves the current by more than this share at the sweep's end: an instrument's own gain is no straighter.</summary>
    private const double BendMin = 0.01;

    /// <summary>Lithium at room temperature: 93 nΩ m (92.8 nΩ m at 20 °C in the CRC Handbook).</summary>
    public static Resistivity Lithium { get; } = Resistivity.FromNanoOhmMetres(93);

    public required SweepVerdict Verdict { get; init; }

    /// <summary>R; null without conduction.</summary>
    public required Resistance? Resistance { get; init; }

    /// <summary>Standard error of R; null without conduction.</summary>
    public required Resistance? StandardError { get; init; }

    /// <summary>Current at 0 V.</summary>
    public required Current Offset { get; init; }

    /// <summary>Standard error of the offset.</summary>
    public required Current OffsetStandardError { get; init; }

    /// <summary>Probability that chance bends the line this much (F test of V² and V³ together).</summary>
    public required double LinearityPValue { get; init; }

    /// <summary>Probability of the V² term alone by chance: rectifying.</summary>
    public required double QuadraticPValue { get; init; }

    /// <summary>Probability of the V³ term alone by chance: rising with voltage either way.</summary>
    public required double CubicPValue { get; init; }

    /// <summary>Most that the bend adds to the linear current at the largest voltage, as a share of it.</summary>
    public required double BendShare { get; init; }

    /// <summary>Diameter of the straight wire through the whole thickness that has this resistance; null without conduction.</summary>
    public required Length? FilamentDiameter { get; init; }

    /// <summary>Its standard error from those of R and thickness.</summary>
    public required Length? FilamentStandardError { get; init; }

    /// <summary>Evaluates a sweep.</summary>
    /// <param name="voltagesVolts">N voltages in any order, at least four different ones.</param>
    /// <param name="currentsAmperes">N currents.</param>
    /// <param name="thickness">Of the electrolyte, above 0.</param>
    /// <param name="thicknessStandardError">0 by default.</param>
    /// <param name="resistivity">Of the filament; lithium's by default.</param>
    /// <exception cref="UnusableDataException">Too few points or voltages, numbers that are none, no thickness, a current against the voltage.</exception>
    public static OhmicSweep Of(
        ImmutableArray<double> voltagesVolts, ImmutableArray<double> currentsAmperes, Length thickness,
        Length thicknessStandardError = default, Resistivity? resistivity = null)
    {
        Check(voltagesVolts, currentsAmperes, thickness);
        var scale = voltagesVolts.Max(Math.Abs);
        var line = LinearModel.Fit([.. voltagesVolts.Select(v => new[] { 1, v / scale })], currentsAmperes);
        var bent = LinearModel.Fit([.. voltagesVolts.Select(v => v / scale).Select(u => new[] { 1, u, u * u, u * u * u })], currentsAmperes);
        var slope = line.Coefficients[1];
        var error = line.StandardError(1);
        var told = Math.Abs(slope) > LinearModel.Student95(line.DegreesOfFreedom) * error;
        if (told && slope < 0)
            throw new UnusableDataException($"the current falls as the voltage rises, as by {new Resistance(scale / slope)}; check the leads and the sign of the currents");
        var conducts = told && slope > 0;
        var linearity = line.PValueOf(bent);
        var share = slope == 0 ? 0 : (Math.Abs(bent.Coefficients[2]) + Math.Abs(bent.Coefficients[3])) / Math.Abs(slope);
        var ohms = scale / slope;
        var relative = error / slope;
        var metres = Math.Sqrt(4 * (resistivity ?? Lithium).OhmMetres * thickness.Metres / (Math.PI * ohms));
        var thicknessShare = thicknessStandardError.Metres / thickness.Metres;
        return new()
        {
            Verdict = !conducts ? SweepVerdict.NoConduction : linearity < Significance && share > BendMin ? SweepVerdict.NotOhmic : SweepVerdict.Ohmic,
            Resistance = conducts ? new(ohms) : null,
            StandardError = conducts ? new(ohms * relative) : null,
            Offset = new(line.Coefficients[0]),
            OffsetStandardError = new(line.StandardError(0)),
            LinearityPValue = linearity,
            QuadraticPValue = bent.PValue(2),
            CubicPValue = bent.PValue(3),
            BendShare = share,
            FilamentDiameter = conducts ? new(metres) : null,
            FilamentStandardError = conducts ? new(metres / 2 * Math.Sqrt((relative * relative) + (thicknessShare * thicknessShare))) : null,
        };
    }

    /// <summary>The verdict with its numbers.</summary>
    public override string ToString() => Verdict switch
    {
        SweepVerdict.Ohmic => string.Create(CultureInfo.InvariantCulture, $"ohmic, {Conduction} (linearity p = {LinearityPValue:G2})"),
        SweepVerdict.NotOhmic => string.Create(
            CultureInfo.InvariantCulture,
            $"not ohmic: the current bends by {BendShare:P1} at the largest voltage (p = {LinearityPValue:G2}); {Conduction} if it were a wire"),
        SweepVerdict.NoConduction => "no conduction that can be told from zero: the cell is not shorted, or the sweep is too small",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string Conduction => string.Create(
        CultureInfo.InvariantCulture,
        $"{Resistance!.Value.Ohms:G4} ± {StandardError!.Value.Ohms:G2} Ω, as a wire of {FilamentDiameter!.Value.Micrometres:G3} ± {FilamentStandardError!.Value.Micrometres:G2} µm");

    private static void Check(ImmutableArray<double> voltages, ImmutableArray<double> currents, Length thickness)
    {
        if (voltages.Length != currents.Length)
            throw new UnusableDataException($"{voltages.Length} voltages and {currents.Length} currents; give one current for each voltage");
        if (voltages.Length < PointsMin)
            throw new UnusableDataException($"the sweep has {voltages.Length} points; a resistance with a test of linearity needs {PointsMin} or more");
        if (!voltages.All(double.IsFinite) || !currents.All(double.IsFinite))
            throw new UnusableDataException("the sweep holds a voltage or current that is no number; leave such points out");
        if (voltages.Distinct().Count() is var different and < 4)
            throw new UnusableDataException($"the sweep has {different} different voltages; a test of linearity needs 4 or more");
        if (!(thickness.Metres > 0) || !double.IsFinite(thickness.Metres))
            throw new UnusableDataException($"the electrolyte's thickness is {thickness}; give one above 0");
    }
}

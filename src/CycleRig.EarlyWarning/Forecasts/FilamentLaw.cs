using CycleRig.Core.Quantities;

namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>
/// What filaments of metal do to the bulk: each is a conducting half-spheroid in a uniform field, and together they raise its conductance by
/// n 2π l³ / (3 A L (ln(2l/a) - 1)), with depth l, radius a at the electrode, area A, thickness L. Long and thin ones only, each alone; the
/// nearness of the other electrode, which would add to it, is left out.
/// </summary>
public static class FilamentLaw
{
    /// <summary>Radius at the electrode that is taken throughout; it enters by its logarithm.</summary>
    public static Length Radius { get; } = Length.FromMicrometres(1);

    /// <summary>In radii. Shorter ones are no filaments: the law rises with depth only from 1.9 radii on (ln(2l/a) = 4/3).</summary>
    private const double ShortestRadii = 2;

    /// <summary>Halvings of the bracket: 1.2 mm to below a femtometre.</summary>
    private const int Halvings = 40;

    /// <summary>Relative rise of the bulk conductance by filaments of one depth.</summary>
    /// <param name="pellet">The electrolyte.</param>
    /// <param name="depth">Depth of each, at least two radii.</param>
    /// <param name="count">How many.</param>
    public static double Gain(Pellet pellet, Length depth, double count = 1)
    {
        var l = depth.Metres;
        return count * 2 * Math.PI * l * l * l
            / (3 * pellet.Area.SquareMetres * pellet.Thickness.Metres * (Math.Log(2 * l / Radius.Metres) - 1));
    }

    /// <summary>Depth of filaments that cost a share of R_bulk; null where they cost less even when they have come through.</summary>
    /// <param name="pellet">The electrolyte.</param>
    /// <param name="loss">Share of R_bulk that is lost, from 0 to below 1.</param>
    /// <param name="count">How many.</param>
    public static Length? Depth(Pellet pellet, double loss, double count = 1)
    {
        var gain = GainOf(loss);
        double low = ShortestRadii * Radius.Metres, high = pellet.Thickness.Metres;
        if (Gain(pellet, new(high), count) < gain)
            return null;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Gain(pellet, new(middle), count) < gain ? (middle, high) : (low, middle);
        }

        return new(high);
    }

    /// <summary>Rise of the conductance that a loss of resistance is: R = R₀ / (1 + gain).</summary>
    public static double GainOf(double loss) => loss / (1 - loss);

    /// <summary>Loss of resistance that a rise of the conductance is.</summary>
    public static double LossOf(double gain) => gain / (1 + gain);
}

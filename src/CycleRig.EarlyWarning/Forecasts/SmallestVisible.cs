using System.Globalization;
using CycleRig.Core.Quantities;

namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>The smallest depth of filaments that a cell can show: sensitivity goes with 1/area.</summary>
/// <param name="Depth">Of each; null when they are not seen even as they come through.</param>
/// <param name="ThicknessShare">Depth over thickness; null as before.</param>
/// <param name="Loss">Loss of R_bulk that is just seen, as a share.</param>
/// <param name="Count">How many filaments grow side by side.</param>
public readonly record struct SmallestVisible(Length? Depth, double? ThicknessShare, double Loss, int Count)
{
    /// <summary>Noise of R_bulk from one sweep that is taken until it has been measured, as a share of R_bulk.</summary>
    public const double AssumedNoise = 0.001;

    /// <summary>Standard deviations of a loss that counts as seen.</summary>
    public const double Sigmas = 5;

    /// <summary>What is just seen.</summary>
    /// <param name="pellet">The electrolyte.</param>
    /// <param name="noise">Standard deviation of R_bulk from one sweep, as a share.</param>
    /// <param name="sweeps">Sweeps that are averaged before and after; their noise is taken as independent.</param>
    /// <param name="count">Filaments that grow side by side, equally deep.</param>
    public static SmallestVisible Of(Pellet pellet, double noise, int sweeps = 1, int count = 1)
    {
        var loss = Sigmas * noise / Math.Sqrt(sweeps);
        var depth = FilamentLaw.Depth(pellet, loss, count);
        return new(depth, depth?.Metres / pellet.Thickness.Metres, loss, count);
    }

    public override string ToString()
    {
        var who = Count == 1 ? "one filament" : string.Create(CultureInfo.InvariantCulture, $"{Count} filaments");
        return Depth is { } depth
            ? string.Create(CultureInfo.InvariantCulture, $"{who} from {depth.Millimetres:F2} mm ({100 * ThicknessShare:F0} % of the thickness)")
            : $"{who} not before the short";
    }
}

using System.Globalization;
using CycleRig.Core.Quantities;

namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>
/// What is left before a short, if growth goes on as it has begun: intervals that hold it in nine of ten cells of the priors. Not a promise:
/// a growth that stops for good, and a short without a fall before it, are not in them.
/// </summary>
/// <param name="Remaining">Electrolyte that the deepest metal has not crossed, if it grows as filaments do.</param>
/// <param name="Charge">Charge to the short, per electrode area.</param>
/// <param name="Time">Time to the short at the present current density; null at rest, where nothing grows.</param>
public sealed record Forecast(Interval<Length> Remaining, Interval<ArealCapacity> Charge, Interval<TimeSpan>? Time)
{
    private const double Low = 0.05;
    private const double High = 0.95;

    /// <summary>Newest points whose mean loss must be seen, and how clearly.</summary>
    private const int Newest = 5;
    private const double SeenSigmas = 2;

    /// <summary>
    /// Loss of R_bulk just before the short of the reference cell, assumed: 3-30 % of falls before shorts are read from the paper's figures
    /// (Siniscalchi 2024, doi 10.1039/d3ee03916a), here somewhat wider. Other cells lose what the same filaments cost there.
    /// </summary>
    private const double LossAtShortLeast = 0.02;
    private const double LossAtShortMost = 0.35;
    private static readonly Pellet Reference = new(Area.OfDisc(Length.FromMillimetres(2)), Length.FromMillimetres(1.2));

    /// <summary>Less is rest, A/m².</summary>
    private const double RestAmperesPerSquareMetre = 0.05;

    /// <summary>Charges between these are told apart, mAh/cm².</summary>
    private const double ChargeLeast = 1e-5;
    private const double ChargeMost = 1e3;
    private const int Bins = 400;

    /// <summary>A forecast from the loss so far.</summary>
    /// <param name="history">Loss against charge, oldest first, from before the onset where it is known.</param>
    /// <param name="pellet">The electrolyte.</param>
    /// <param name="density">Present current density; its sign does not count.</param>
    /// <returns>The forecast, or null: no growth seen, because the newest loss is below two standard errors, or has not grown.</returns>
    public static Forecast? Of(ReadOnlySpan<LossPoint> history, Pellet pellet, CurrentDensity density)
    {
        var (loss, sd) = Present(history);
        if (history.Length < 2 || history[^1].Charge <= history[0].Charge || !(loss >= SeenSigmas * sd))
            return null;
        var through = FilamentLaw.Gain(pellet, pellet.Thickness);
        var filaments = through / FilamentLaw.Gain(Reference, Reference.Thickness);
        var charges = new WeightedBins(stackalloc double[Bins], Math.Log(ChargeLeast), Math.Log(ChargeMost));
        var ends = new WeightedBins(stackalloc double[Bins], 0, Math.Log(ChargeMost));
        var (least, most) = (FilamentLaw.GainOf(LossAtShortLeast) * filaments, FilamentLaw.GainOf(LossAtShortMost) * filaments);
        if (!GrowthLaws.Weigh(history, FilamentLaw.GainOf(loss), least, most, charges, ends))
            return null;
        var charge = new Interval<ArealCapacity>(Capacity(charges.Quantile(Low)), Capacity(charges.Quantile(High)));
        return new(new(Left(pellet, through, ends.Quantile(Low)), Left(pellet, through, ends.Quantile(High))), charge, Duration(charge, density));
    }

    public override string ToString()
    {
        var time = Time is { } known ? string.Create(CultureInfo.InvariantCulture, $", {known.Low.TotalMinutes:0.#} to {known.High.TotalMinutes:0.#} min at this current density") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"short in {Charge.Low.MilliampereHoursPerSquareCentimetre:0.###} to {Charge.High.MilliampereHoursPerSquareCentimetre:0.###} mAh/cm²{time}; {Remaining.Low.Millimetres:F2} to {Remaining.High.Millimetres:F2} mm not crossed yet");
    }

    /// <summary>Mean of the newest points and its standard error.</summary>
    private static (double Loss, double Sd) Present(ReadOnlySpan<LossPoint> history)
    {
        double weights = 0, sum = 0;
        foreach (var point in history[Math.Max(0, history.Length - Newest)..])
        {
            var weight = 1 / (point.LossSd * point.LossSd);
            weights += weight;
            sum += weight * point.Loss;
        }

        return (sum / weights, 1 / Math.Sqrt(weights));
    }

    /// <summary>Thickness left when the gain at the short is this many times the present one.</summary>
    private static Length Left(Pellet pellet, double through, double times) =>
        new(pellet.Thickness.Metres - (FilamentLaw.Depth(pellet, FilamentLaw.LossOf(through / times)) ?? pellet.Thickness).Metres);

    private static Interval<TimeSpan>? Duration(Interval<ArealCapacity> charge, CurrentDensity density)
    {
        var amperes = Math.Abs(density.AmperesPerSquareMetre);
        if (amperes < RestAmperesPerSquareMetre)
            return null;
        return new(TimeSpan.FromSeconds(charge.Low.CoulombsPerSquareMetre / amperes), TimeSpan.FromSeconds(charge.High.CoulombsPerSquareMetre / amperes));
    }

    private static ArealCapacity Capacity(double milliampereHours) => ArealCapacity.FromMilliampereHoursPerSquareCentimetre(milliampereHours);
}

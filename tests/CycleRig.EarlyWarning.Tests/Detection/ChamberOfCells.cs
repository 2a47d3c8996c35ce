using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>
/// Cells of 2,460 Ω in one chamber, a sweep a minute of each, one after the other: R_bulk as T·exp(0.39 eV/kT), R_int as exp(0.47 eV/kT), with 0.1 %
/// and 0.3 % of noise, and each cell's own wander. Whatever the chamber does has passed the cells' lag.
/// </summary>
/// <param name="Seed">Of all noise.</param>
internal sealed record ChamberOfCells(int Seed)
{
    private const double Boltzmann = 8.617333e-5;
    private const double WanderKelvins = 0.015;
    private const double WanderSeconds = 400;

    /// <summary>The cells by what of R_bulk is lost by the minute; those at rest carry no current.</summary>
    public ImmutableArray<Func<double, double>> Losses { get; init; } = [_ => 0];

    public Func<int, bool> IsResting { get; init; } = _ => false;

    /// <summary>The cells' temperature above 30 °C by the minute, and what the thermometer shows of it, K.</summary>
    public Func<double, double> Kelvins { get; init; } = _ => 0;

    public Func<double, double, double> Shown { get; init; } = (_, kelvins) => kelvins;

    /// <summary>Whether the cells hear of each other.</summary>
    public bool AreNeighbours { get; init; } = true;

    /// <summary>Verdicts of each cell, up to its halt.</summary>
    /// <param name="minutes">How long.</param>
    public ImmutableArray<List<Assessment>> Said(int minutes)
    {
        var draw = new Random(Seed);
        var verdicts = Losses.Select(_ => new List<Assessment>()).ToImmutableArray();
        var told = new NeighbourTemperature?[Losses.Length];
        var wander = new double[Losses.Length];
        for (var i = 0; i < minutes * Losses.Length; i++)
        {
            var (minute, cell) = ((double)i / Losses.Length, i % Losses.Length);
            if (verdicts[cell].LastOrDefault()?.Level == WarningLevel.Halt)
                continue;
            var kept = Math.Exp(-60 / WanderSeconds);
            wander[cell] = (kept * wander[cell]) + (WanderKelvins * Math.Sqrt(1 - (kept * kept)) * Gaussian.Draw(draw));
            ImmutableArray<NeighbourTemperature> neighbours = AreNeighbours ? [.. told.Where((_, other) => other != cell).OfType<NeighbourTemperature>()] : default;
            var verdict = Detector.Assess(
                verdicts[cell].LastOrDefault()?.Next ?? DetectorState.Initial, Reading(minute, cell, wander[cell], draw), DetectorSettings.Default, neighbours);
            verdicts[cell].Add(verdict);
            told[cell] = verdict.Next.Thermometer?.Said($"cell-{cell}", DetectorSettings.Default);
        }

        return verdicts;
    }

    private CellReading Reading(double minute, int cell, double wander, Random draw)
    {
        var kelvin = 303.15 + Kelvins(minute) + wander;
        var inverse = ((1 / kelvin) - (1 / 303.15)) / Boltzmann;
        return new()
        {
            Valid = true, BulkRelativeSd = 0.001, InterfaceRelativeSd = 0.003, TimeSeconds = minute * 60, EndSeconds = (minute * 60) + 36, PressureMegapascals = 5,
            BulkOhms = 2460 * kelvin / 303.15 * Math.Exp(0.39 * inverse) * (1 - Losses[cell](minute)) * (1 + (0.001 * Gaussian.Draw(draw))),
            InterfaceOhms = 16_000 * Math.Exp(0.47 * inverse) * (1 + (0.003 * Gaussian.Draw(draw))),
            TemperatureCelsius = 30 + Shown(minute, Kelvins(minute)), CurrentAmperes = IsResting(cell) ? 0 : -15.7e-6, AmperesPerSquareCentimetre = IsResting(cell) ? 0 : -5e-4,
        };
    }
}

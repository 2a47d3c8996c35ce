using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>Plating that is watched by spectra at rest between its steps, and readings that are no numbers.</summary>
public sealed class RestSpectraTests
{
    private const double Noise = 0.0015;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_fall_that_only_spectra_at_rest_show_is_found(int seed)
    {
        // A spectrum every 10 min; from the 20th on R_bulk loses 0.3 % from one to the next.
        var halted = First(seed, 80, i => Math.Exp(-0.003 * Math.Max(0, i - 20)));
        Assert.NotNull(halted);
        Assert.InRange(halted.Value, 21, 40);
    }

    [Fact]
    public void A_steady_cell_at_rest_is_healthy() => Assert.All(Enumerable.Range(1, 200), seed => Assert.Null(First(seed, 80, _ => 1)));

    [Fact]
    public void A_spectrum_at_rest_far_below_those_under_current_is_a_warning()
    {
        var draw = new Random(1);
        var state = DetectorState.Initial;
        for (var i = 0; i < 20; i++)
            state = Detector.Assess(state, Reading(i, draw, 1, -15.7e-6), DetectorSettings.Default).Next;
        var fallen = Detector.Assess(state, Reading(20, draw, 0.9, 0), DetectorSettings.Default);
        Assert.Equal(WarningLevel.Warning, fallen.Level);
        Assert.Contains("fallen away", fallen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public void A_resistance_that_is_no_number_is_unseen_and_spoils_nothing_after_it(double interfaceOhms)
    {
        var draw = new Random(1);
        var state = DetectorState.Initial;
        double? halted = null;
        for (var i = 0; i < 100 && halted is null; i++)
        {
            var reading = Reading(i, draw, Math.Exp(-0.01 * Math.Max(0, i - 20)), -15.7e-6);
            var verdict = Detector.Assess(state, i == 10 ? reading with { InterfaceOhms = interfaceOhms } : reading, DetectorSettings.Default);
            if (i == 10)
                Assert.False(verdict.Valid);
            state = verdict.Next;
            halted = verdict.Level == WarningLevel.Halt ? i : null;
        }

        Assert.InRange(halted ?? -1, 21, 40);
    }

    private static int? First(int seed, int spectra, Func<int, double> factor)
    {
        var draw = new Random(seed);
        var state = DetectorState.Initial;
        for (var i = 0; i < spectra; i++)
        {
            var verdict = Detector.Assess(state, Reading(i * 10, draw, factor(i), 0), DetectorSettings.Default);
            state = verdict.Next;
            if (verdict.Level == WarningLevel.Halt)
                return i;
        }

        return null;
    }

    private static CellReading Reading(double minute, Random draw, double factor, double amperes) => new()
    {
        Valid = true, BulkOhms = 2460 * factor * (1 + (Noise * Gaussian.Draw(draw))), BulkRelativeSd = Noise, InterfaceOhms = 16_000, InterfaceRelativeSd = 0.003,
        TimeSeconds = minute * 60, EndSeconds = (minute * 60) + 30, TemperatureCelsius = 30, PressureMegapascals = 5, CurrentAmperes = amperes,
    };
}

using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>
/// What moves R_bulk beside metal, and metal beside what moves R_bulk: readings of a 2 mm cell at 0.5 mA/cm², a sweep each minute, 0.07 % noise in R_bulk
/// (a fit of 50 points with 0.2 % noise whose shape is learned); the cell follows its chamber with 200 s (docs/simulated-rig.md).
/// </summary>
public sealed class DetectorNuisanceTests
{
    private const double Boltzmann = 8.617333e-5;
    private const double Noise = 0.0007;
    private const int Minutes = 180;

    [Fact]
    public void A_lead_that_takes_one_percent_at_once_is_no_damage() =>
        NeverHalts(new() { Lead = minute => minute < 60 ? 1 : 0.99 });

    [Fact]
    public void A_lead_that_adds_one_percent_at_once_is_no_damage() =>
        NeverHalts(new() { Lead = minute => minute < 60 ? 1 : 1.01 });

    /// <summary>It may make the channel blind: then that is what is said.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    public void A_thermometer_that_drifts_by_half_a_kelvin_in_an_hour_is_no_damage(double kelvins) =>
        NeverHalts(new() { Drift = minute => kelvins * Math.Clamp((minute - 60) / 60, 0, 1) });

    /// <summary>Voids: R_int doubles in half an hour, and R_bulk rises with the constriction.</summary>
    [Fact]
    public void R_int_that_rises_is_no_damage() =>
        NeverHalts(new() { Interface = minute => Math.Exp(Math.Log(2) * Math.Clamp((minute - 60) / 30, 0, 1)) });

    /// <summary>Stripping leaves R_int at forty times its value, which heals within half an hour: R_bulk at three times and back is not another cell's.</summary>
    [Fact]
    public void Voids_that_heal_do_not_blind_the_channel()
    {
        static double Voids(double minute) => Math.Exp(Math.Log(40) * Math.Min(Math.Clamp((minute - 60) / 10, 0, 1), Math.Clamp((100 - minute) / 30, 0, 1)));
        Assert.All(Enumerable.Range(1, 20), seed => First(seed, new() { Interface = Voids, Lead = minute => 1 + (0.05 * (Voids(minute) - 1)) })); // Each verdict is valid.
    }

    /// <summary>R_bulk that falls by 2 % while R_int doubles is not metal: that leaves R_int alone.</summary>
    [Fact]
    public void A_fall_of_R_bulk_while_R_int_rises_is_no_damage() => NeverHalts(new()
    {
        Interface = minute => Math.Exp(Math.Log(2) * Math.Clamp((minute - 60) / 30, 0, 1)), Loss = minute => 0.02 * Math.Clamp((minute - 60) / 30, 0, 1),
    });

    /// <summary>A press leaks from 5 to 2 MPa within a quarter of an hour, and R_int follows with the root of it: that is no damage, and no excuse for metal that takes 0.06 % a minute.</summary>
    [Fact]
    public void Metal_is_found_while_the_press_leaks_and_a_leak_is_none()
    {
        static double Pressure(double minute) => 5 * Math.Pow(0.4, Math.Clamp((minute - 60) / 15, 0, 1));
        var leak = new Course { Megapascals = Pressure, Interface = minute => Math.Sqrt(5 / Pressure(minute)) };
        NeverHalts(leak);
        var metal = leak with { Loss = minute => 0.0006 * Math.Max(0, minute - 60) };
        var known = Enumerable.Range(1, 10).Select(seed => First(seed, metal)).ToList();
        // Where no press shows it the same rise of R_int is that of voids, and R_bulk is not judged while it lasts.
        var unknown = Enumerable.Range(1, 10).Select(seed => First(seed, metal with { Megapascals = _ => 5 })).ToList();
        Assert.All(known, minute => Assert.InRange(minute ?? -1, 61, 95));
        Assert.All(known.Zip(unknown), pair => Assert.True(pair.First < (pair.Second ?? int.MaxValue), $"{pair.First} and {pair.Second} min"));
    }

    /// <summary>Cooling by 5 K raises R_bulk by a quarter while metal takes 0.15 % a minute of it: the cell shorts at 12 %, 80 min after the onset.</summary>
    [Fact]
    public void Metal_is_found_while_the_cell_cools() => Assert.All(Enumerable.Range(1, 10), seed =>
    {
        var halted = First(seed, new() { Kelvins = minute => -5 * Math.Clamp((minute - 60) / 30, 0, 1), Loss = minute => 0.0015 * Math.Max(0, minute - 60) });
        Assert.InRange(halted ?? -1, 61, 110);
    });

    /// <summary>A chamber that swings by 1.3 K in twelve minutes, cells that follow it faster and slower than the usual one: 10 % an hour is found before 5 % are gone.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Metal_is_found_in_a_chamber_that_swings(double lagMinutes) => Assert.All(Enumerable.Range(1, 10), seed =>
    {
        static double Swing(double minute) => 1.3 * Math.Sin(2 * Math.PI * minute / 12);
        Assert.Null(First(seed, new() { Kelvins = Swing, LagMinutes = lagMinutes }));
        Assert.InRange(First(seed, new() { Kelvins = Swing, LagMinutes = lagMinutes, Loss = minute => 0.1 / 60 * Math.Max(0, minute - 60) }) ?? -1, 61, 90);
    });

    /// <summary>The chamber drifts by 1.5 K in an hour and its thermometer stands still to the last digit: that is no damage, and it is said.</summary>
    [Fact]
    public void A_thermometer_that_is_dead_is_blindness() => Assert.All(Enumerable.Range(1, 10), seed =>
    {
        var course = new Course { Kelvins = minute => 1.5 * Math.Clamp((minute - 70) / 60, 0, 1), Thermometer = (minute, celsius) => minute < 60 ? celsius : 30.043 };
        var said = Said(seed, course);
        Assert.DoesNotContain(said, verdict => verdict.Level == WarningLevel.Halt);
        Assert.All(said[70..], verdict => Assert.Contains("has stood at 30.043 °C", verdict.Detail, StringComparison.Ordinal));
        Assert.All(said[..66], verdict => Assert.True(verdict.Valid, verdict.Detail));
    });

    /// <summary>One with steps of 0.1 K stands still too, and is not dead.</summary>
    [Fact]
    public void A_coarse_thermometer_is_not_dead() => Assert.All(Enumerable.Range(1, 10), seed =>
        Assert.All(Said(seed, new() { Thermometer = (_, celsius) => Math.Round(celsius, 1) }), verdict => Assert.True(verdict.Valid, verdict.Detail)));

    /// <summary>
    /// An acid-treated cell, R_int a tenth of R_bulk: what the first 0.1 mAh/cm² of plating do to its contact may be read as 2 % of R_bulk. The same fall
    /// an hour later is damage.
    /// </summary>
    [Fact]
    public void Formation_of_an_acid_treated_cell_is_no_damage_and_a_fall_after_it_is() => Assert.All(Enumerable.Range(1, 10), seed =>
    {
        static double Fall(double minute) => 0.02 * (1 - Math.Exp(-Math.Max(0, minute) / 8));
        static double Treated(double _) => 0.01;
        Assert.Null(First(seed, new() { Interface = Treated, Loss = Fall }));
        Assert.InRange(First(seed, new() { Interface = Treated, Loss = minute => Fall(minute - 100) }) ?? -1, 101, 130);
    });

    private static void NeverHalts(Course course) => Assert.All(Enumerable.Range(1, 20), seed => Assert.Null(First(seed, course)));

    private static int? First(int seed, Course course)
    {
        var said = Said(seed, course);
        Assert.All(said, verdict => Assert.True(verdict.Valid || verdict.Detail.Contains("does not follow the thermometer", StringComparison.Ordinal), verdict.Detail));
        return said.FindIndex(verdict => verdict.Level == WarningLevel.Halt) is var minute and >= 0 ? minute : null;
    }

    /// <summary>Verdicts, one a minute, up to the first halt.</summary>
    private static List<Assessment> Said(int seed, Course course)
    {
        var draw = new Random(seed);
        var verdicts = new List<Assessment>();
        var kelvins = 0.0;
        for (var minute = 0; minute < Minutes && verdicts.LastOrDefault()?.Level != WarningLevel.Halt; minute++)
        {
            kelvins += (course.Kelvins(minute) - kelvins) * (1 - Math.Exp(-1 / course.LagMinutes));
            verdicts.Add(Detector.Assess(verdicts.LastOrDefault()?.Next ?? DetectorState.Initial, Reading(minute, draw, course, kelvins), DetectorSettings.Default));
        }

        return verdicts;
    }

    private static CellReading Reading(double minute, Random draw, Course course, double kelvins)
    {
        var (kelvin, reference) = (303.15 + kelvins, 303.15);
        var inverse = ((1 / kelvin) - (1 / reference)) / Boltzmann;
        var contact = (500 + (1500 * Math.Exp(-minute * 0.5 / 60 / 0.06))) * course.Interface(minute);
        var bulk = 2460 * kelvin / reference * Math.Exp(0.39 * inverse) * (1 - course.Loss(minute)) * (1 + (0.006 * Math.Sqrt(contact / 500)));
        return new()
        {
            Valid = true, BulkOhms = bulk * course.Lead(minute) * (1 + (Noise * Gaussian.Draw(draw))), BulkRelativeSd = Noise,
            InterfaceOhms = contact / 0.0314 * Math.Exp(0.47 * inverse) * (1 + (0.003 * Gaussian.Draw(draw))), InterfaceRelativeSd = 0.003,
            TimeSeconds = minute * 60, EndSeconds = (minute * 60) + 36, PressureMegapascals = course.Megapascals(minute), CurrentAmperes = -15.7e-6,
            TemperatureCelsius = course.Thermometer(minute, 30 + course.Kelvins(minute) + course.Drift(minute) + (0.003 * Gaussian.Draw(draw))),
        };
    }

    /// <summary>What befalls the cell, by the minute: chamber and thermometer's error in K, factor of R_int, share of R_bulk lost, factor of a lead.</summary>
    private sealed record Course
    {
        public Func<double, double> Kelvins { get; init; } = _ => 0;

        public Func<double, double> Drift { get; init; } = _ => 0;

        public Func<double, double, double> Thermometer { get; init; } = (_, celsius) => celsius;

        public double LagMinutes { get; init; } = 200 / 60.0;

        public Func<double, double> Interface { get; init; } = _ => 1;

        public Func<double, double> Loss { get; init; } = _ => 0;

        public Func<double, double> Lead { get; init; } = _ => 1;

        public Func<double, double> Megapascals { get; init; } = _ => 5;
    }
}

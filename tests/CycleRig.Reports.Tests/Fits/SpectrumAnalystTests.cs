using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Reports.Fits;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Fits;

public sealed class SpectrumAnalystTests
{
    [Fact]
    public void The_range_bounds_what_is_fitted_and_the_rest_stays_in_the_table()
    {
        var found = Analysed.Garnet(Analysed.TwoArcs with { Range = FrequencyRange.Parse("10Hz..1MHz") });
        Assert.Equal(50, found.Within.Length);
        Assert.Equal(50, found.Used().Count(used => used) + found.Fit!.LeftOut.Length);
        var rows = FitCsv.Points(found).TrimEnd('\n').Split('\n');
        Assert.Equal(74, rows.Length);
        Assert.EndsWith(",0", rows[1], StringComparison.Ordinal); // 7 MHz.
    }

    [Fact]
    public void A_start_of_some_parameters_is_completed_and_a_fixed_one_stays()
    {
        var start = ImmutableDictionary<string, double>.Empty.Add("R0", 60).Add("R2", 10000);
        var found = Analysed.Garnet(Analysed.TwoArcs with { Start = start, Options = Analysed.TwoArcs.Options with { Fixed = ["R0"] } });
        Assert.Equal(60, found.Fit!["R0"], 1e-9);
        Assert.Equal(16000, found.Fit["R2"], 100.0);
    }

    [Fact]
    public void Unit_weights_tell_chi_square_by_the_noise_of_the_mean_modulus()
    {
        var found = Analysed.Garnet(Analysed.TwoArcs with { Options = Analysed.TwoArcs.Options with { Weighting = Weighting.Unit } });
        // |Z| of most points is below the root mean square, and so is their noise.
        Assert.InRange(found.Fit!.ReducedChiSquare, 0.1, 1.5);
    }

    [Fact]
    public void A_drift_is_in_the_fit_that_is_shown()
    {
        var found = Analysed.Garnet(Analysed.TwoArcs with { Drift = true }, drift: -0.1);
        Assert.Contains("R2_drift", found.Fit!.Names);
        var fitted = found.Fitted();
        Assert.All(Enumerable.Range(0, found.Data.Count), i =>
            Assert.InRange(double.Hypot(fitted[i].Real - found.Data.RealOhms[i], fitted[i].Imaginary - found.Data.ImaginaryOhms[i]) / found.Data.Modulus(i), 0, 0.012));
    }

    [Fact]
    public void Each_spectrum_of_a_series_has_chi_square_by_its_own_noise()
    {
        NamedSpectrum[] spectra = [.. Enumerable.Range(1, 3).Select(seed => Analysed.Spectrum(GarnetSweep.Csv(seed), $"s{seed}"))];
        var series = SpectrumAnalyst.AnalyseSeries(spectra, Analysed.TwoArcs, cancellation: TestContext.Current.CancellationToken);
        Assert.All(series.Zip(spectra), pair => Assert.Equal(SpectrumAnalyst.Analyse(pair.Second, Analysed.TwoArcs).Fit!.ChiSquare, pair.First.Fit!.ChiSquare, 0.01));
    }

    [Fact]
    public void A_range_without_points_and_too_few_points_name_what_is_wrong()
    {
        var wide = Analysed.TwoArcs with { Range = FrequencyRange.Parse("1GHz..") };
        Assert.Contains("holds none of its 73 points", Assert.Throws<ArgumentException>(() => Analysed.Garnet(wide)).Message, StringComparison.Ordinal);
        var few = Analysed.TwoArcs with { Range = FrequencyRange.Parse("..0.7") };
        var series = Assert.Throws<ArgumentException>(() => SpectrumAnalyst.AnalyseSeries([Analysed.Spectrum(GarnetSweep.Csv(1), "short")], few, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("short.csv: short: 2 points", series.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_of_one_name_keep_two_names()
    {
        var imported = Analysed.Spectrum(GarnetSweep.Csv(1)).Imported;
        var named = NamedSpectrum.Of([("a/x.csv", [imported]), ("b/x.csv", [imported]), ("c/x.csv", [imported]), ("y.mpt", [imported, imported]), ("fits.csv", [imported])]);
        Assert.Equal(["x", "x.csv", "x.csv-2", "y-1", "y-2", "fits.csv"], named.Select(one => one.Name));
    }

    [Fact]
    public void Circuits_are_compared_and_the_best_is_reported()
    {
        var found = Analysed.Garnet(Analysed.TwoArcs with { Circuits = [Circuit.Parse("R0-p(R1,CPE1)"), .. Analysed.TwoArcs.Circuits] });
        Assert.Equal(found.Ranking[0].Fit, found.Fit);
        Assert.Contains(FitText.Lines(found), line => line.StartsWith("chosen: R0-p(R1,CPE1)-p(R2,CPE2);", StringComparison.Ordinal));
    }
}

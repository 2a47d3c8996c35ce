using System.Numerics;
using CycleRig.Impedance.Validity;
using Xunit;

namespace CycleRig.Impedance.Tests.Validity;

public sealed class SpectrumCheckTests
{
    private static readonly double[] Frequencies = KnownSpectra.Sweep(7e6, 0.5, 73);
    private static readonly ImpedanceData Clean = KnownSpectra.Noisy(Frequencies, KnownSpectra.Garnet(Frequencies), 0.003, new(4));

    /// <summary>0.05 % noise; at least as good as a threshold on the residuals: 18 of 19 valid circuits pass, all 16 invalid ones are rejected.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    public void Valid_circuits_pass_and_drifting_ones_are_rejected(int seed)
    {
        var draw = new Random(seed);
        var verdicts = KnownSpectra.Mocks().Select(mock => (mock.IsValid, Verdict: SpectrumCheck.Check(KnownSpectra.Noisy(mock.FrequenciesHz, mock.Ohms, 5e-4, draw)))).ToList();
        Assert.True(verdicts.Count(entry => entry.IsValid && entry.Verdict.Grade == SpectrumGrade.Good) >= 18);
        Assert.All(verdicts.Where(entry => !entry.IsValid), entry => Assert.Equal(SpectrumGrade.NonStationary, entry.Verdict.Grade));
        Assert.Equal(16, verdicts.Count(entry => !entry.IsValid));
    }

    [Fact]
    public void Good_spectra_of_any_noise_and_number_of_points_are_good()
    {
        var draw = new Random(8);
        var bad = new List<string>();
        foreach (var points in new[] { 20, 37, 73, 100 })
        {
            var frequencies = KnownSpectra.Sweep(7e6, 0.5, points);
            foreach (var noise in new[] { 0.001, 0.005, 0.02 })
            {
                for (var k = 0; k < 8; k++)
                {
                    var verdict = SpectrumCheck.Check(KnownSpectra.Noisy(frequencies, KnownSpectra.Garnet(frequencies), noise, draw));
                    if (verdict.Grade != SpectrumGrade.Good)
                        bad.Add($"{points} points, noise {noise}: {verdict.Reason}");
                }
            }
        }

        Assert.True(bad.Count <= 2, string.Join("\n", bad)); // Of 96.
    }

    /// <summary>The second arc grows by 10 % over a sweep of 3 periods a point, at least 50 ms; the verdict says by how much |Z| did.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cell_that_changes_is_not_steady_and_the_change_is_told(bool withTimes)
    {
        var (times, elapsed) = (new double[Frequencies.Length], 0.0);
        for (var i = 0; i < times.Length; i++)
            times[i] = elapsed += Math.Max(3 / Frequencies[i], 0.05);
        Complex[] z = [.. Frequencies.Select((f, i) => KnownSpectra.Garnet([f], 16000 * (1 + (0.1 * times[i] / elapsed)))[0])];
        var noisy = KnownSpectra.Noisy(Frequencies, z, 0.001, new(2));
        var verdict = SpectrumCheck.Check(new ImpedanceData(Frequencies, noisy.RealOhms, noisy.ImaginaryOhms, withTimes ? times : null));
        Assert.Equal(SpectrumGrade.NonStationary, verdict.Grade);
        Assert.Contains("during the sweep", verdict.Reason, StringComparison.Ordinal);
        if (withTimes)
            Assert.InRange(verdict.DriftPart, 0.04, 0.16);
    }

    [Fact]
    public void Outliers_are_named_with_place_and_size_and_leave_a_good_spectrum_good()
    {
        var re = Clean.RealOhms.ToArray();
        re[30] *= 1.2;
        var verdict = SpectrumCheck.Check(new ImpedanceData(Frequencies, re, Clean.ImaginaryOhms));
        Assert.Equal(SpectrumGrade.Good, verdict.Grade);
        var outlier = Assert.Single(verdict.Points, point => point.Grade != PointGrade.Good);
        Assert.Equal((30, PointGrade.Outlier), (outlier.Index, outlier.Grade));
        Assert.Contains("point 31", outlier.Reason, StringComparison.Ordinal);
        Assert.NotNull(verdict.ZHit);
        Assert.InRange(verdict.KramersKronig!.Noise, 0.0025, 0.0035);
    }

    [Fact]
    public void What_the_instrument_says_of_points_is_taken_over()
    {
        var qualities = new PointQuality[73];
        Array.Fill(qualities, new(VoltageHarmonicsPercent: -1, CurrentHarmonicsPercent: -1));
        qualities[10] = new(CurrentHarmonicsPercent: 12);
        qualities[11] = new(VoltageDriftPercent: 8);
        qualities[12] = new(VoltageNoisePercent: 30);
        qualities[13] = new(Saturated: true);
        qualities[14] = new(CurrentPeakAmperes: 0.995e-3);
        qualities[15] = new(VoltagePeakVolts: 9.99);
        var verdict = SpectrumCheck.Check(Clean, new() { Qualities = [.. qualities], CurrentFullScaleAmperes = 1e-3, VoltageFullScaleVolts = 10 });
        Assert.Equal(
            [PointGrade.Good, PointGrade.NonLinear, PointGrade.NonStationary, PointGrade.Noisy, PointGrade.Saturated, PointGrade.Saturated, PointGrade.Saturated, PointGrade.Good],
            verdict.Points.Skip(9).Take(8).Select(point => point.Grade));
        Assert.Contains("12 %", verdict.Points[10].Reason, StringComparison.Ordinal);
        Assert.Contains("0.000995 A", verdict.Points[14].Reason, StringComparison.Ordinal);
        Assert.Equal(SpectrumGrade.Good, verdict.Grade);
        Assert.Equal(67, verdict.KramersKronig!.ResidualsReal.Length);
    }

    [Theory]
    [InlineData(true, SpectrumGrade.Saturated)]
    [InlineData(false, SpectrumGrade.NonLinear)]
    public void Many_bad_points_make_a_bad_spectrum(bool saturated, SpectrumGrade grade)
    {
        PointQuality[] qualities = [.. Enumerable.Range(0, 73).Select(i => i % 3 == 0 ? (saturated ? new PointQuality(Saturated: true) : new PointQuality(VoltageHarmonicsPercent: 9)) : default)];
        Assert.Equal(grade, SpectrumCheck.Check(Clean, new() { Qualities = [.. qualities] }).Grade);
    }

    [Fact]
    public void Points_without_numbers_and_gaps_in_the_steps_are_missing()
    {
        List<RawPoint> points = [.. Enumerable.Range(0, 73).Select(i => new RawPoint(Frequencies[i], Clean.RealOhms[i], Clean.ImaginaryOhms[i]))];
        points[5] = points[5] with { RealOhms = double.NaN };
        points.RemoveRange(40, 2);
        var verdict = SpectrumCheck.Check(points);
        Assert.Equal(SpectrumGrade.Good, verdict.Grade);
        var missing = verdict.Points.Where(point => point.Grade == PointGrade.Missing).ToList();
        Assert.Equal([5, -1, -1], missing.Select(point => point.Index));
        Assert.Equal([Frequencies[41], Frequencies[40]], missing.Skip(1).Select(point => point.FrequencyHz), (one, other) => Math.Abs((one / other) - 1) < 1e-6);
        var planned = SpectrumCheck.Check(points, new() { PlannedFrequenciesHz = [.. Frequencies, 0.1] });
        Assert.Contains(planned.Points, point => point is { Index: -1, FrequencyHz: 0.1 });
    }

    [Fact]
    public void Too_few_points_and_too_much_noise_are_told()
    {
        var few = SpectrumCheck.Check(new ImpedanceData(Frequencies[..9], Clean.RealOhms[..9], Clean.ImaginaryOhms[..9]));
        Assert.Equal(SpectrumGrade.TooFew, few.Grade);
        Assert.Null(few.KramersKronig);
        Assert.Contains("9 usable frequencies", few.Reason, StringComparison.Ordinal);
        var noisy = SpectrumCheck.Check(KnownSpectra.Noisy(Frequencies, KnownSpectra.Garnet(Frequencies), 0.15, new(3)));
        Assert.Equal(SpectrumGrade.Noisy, noisy.Grade);
        Assert.Equal(SpectrumGrade.TooFew, SpectrumCheck.Check([]).Grade);
    }

    /// <summary>What a formula leaves of itself, rounding and the series' form, is no fault of a cell.</summary>
    [Fact]
    public void Spectra_without_any_noise_are_good()
    {
        var frequencies = KnownSpectra.Sweep(1e6, 0.1, 50);
        foreach (var z in new Complex[][]
        {
            [.. frequencies.Select(f => (Complex)100)],
            [.. frequencies.Select(f => 1 / new Complex(0, 2 * Math.PI * f * 1e-6))],
            [.. frequencies.Select(f => 100 + KnownSpectra.Arc(f, 1000, 1e-3, 0.9))],
            KnownSpectra.Garnet(frequencies),
        })
        {
            var verdict = SpectrumCheck.Check(KnownSpectra.Noisy(frequencies, z, 0, new(1)));
            Assert.True(verdict.Grade == SpectrumGrade.Good, verdict.Reason);
            Assert.All(verdict.Points, point => Assert.Equal(PointGrade.Good, point.Grade));
        }
    }

    [Fact]
    public void Options_out_of_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SpectrumCheck.Check(Clean, new() { Qualities = [default] }));
        Assert.Throws<ArgumentException>(() => SpectrumCheck.Check(Clean, new() { PointsMin = 3 }));
        Assert.Throws<ArgumentException>(() => SpectrumCheck.Check(Clean, new() { OutlierAbove = 1 }));
    }
}

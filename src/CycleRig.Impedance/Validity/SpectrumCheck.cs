namespace CycleRig.Impedance.Validity;

/// <summary>
/// Whether a spectrum can be believed: every point by what the instrument says of it and by its distance from the linear Kramers-Kronig test, the
/// whole by the number of its points, their noise, and whether the cell changed during the sweep.
/// </summary>
public static class SpectrumCheck
{
    /// <summary>A spectrum of which more is bad is bad itself.</summary>
    private const double BadPartMax = 0.2;

    /// <summary>
    /// Fall of the Bayesian criterion above which a change during the sweep is believed: 10 is called very strong (Kass and Raftery 1995, doi
    /// 10.1080/01621459.1995.10476572); the form of the series costs up to 7 on valid spectra.
    /// </summary>
    private const double DriftGainMin = 15;

    /// <summary>Agreement of neighbouring residuals that is no chance, standard deviations.</summary>
    private const double SystematicsMax = 3.5;

    /// <summary>As many neighbours that all lie apart are no single points.</summary>
    private const int NeighboursMax = 3;

    /// <summary>Checks a spectrum.</summary>
    /// <param name="data">N points; times, where known, tell a change during the sweep more surely.</param>
    /// <param name="options">Limits; null is <see cref="SpectrumCheckOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">Options out of their ranges.</exception>
    public static SpectrumVerdict Check(ImpedanceData data, SpectrumCheckOptions? options = null)
    {
        options ??= SpectrumCheckOptions.Default;
        options.Check(data.Count);
        return Check(
            [.. Enumerable.Range(0, data.Count).Select(i => new RawPoint(
                data.FrequenciesHz[i], data.RealOhms[i], data.ImaginaryOhms[i],
                data.TimesSeconds.IsEmpty ? double.NaN : data.TimesSeconds[i],
                options.Qualities.IsDefaultOrEmpty ? default : options.Qualities[i]))],
            options with { Qualities = [] });
    }

    /// <summary>Checks points as an instrument gives them.</summary>
    /// <param name="points">N points in the order of their measurement; values may be no numbers.</param>
    /// <param name="options">Limits; null is <see cref="SpectrumCheckOptions.Default"/>. Qualities stand in the points.</param>
    /// <exception cref="ArgumentException">Options out of their ranges.</exception>
    public static SpectrumVerdict Check(IReadOnlyList<RawPoint> points, SpectrumCheckOptions? options = null)
    {
        options ??= SpectrumCheckOptions.Default;
        options.Check(points.Count);
        PointVerdict[] verdicts = [.. points.Select((point, i) => PointJudge.Of(i, point, options))];
        int[] tested = [.. Enumerable.Range(0, points.Count).Where(i => verdicts[i].Grade == PointGrade.Good)];
        double[] measured = [.. points.Select(point => point.FrequencyHz).Where(frequency => frequency > 0 && double.IsFinite(frequency))];
        var gaps = options.PlannedFrequenciesHz.IsDefaultOrEmpty ? FrequencyGaps.Of(measured) : FrequencyGaps.Of(measured, options.PlannedFrequenciesHz);
        PointVerdict[] missing = [.. gaps.Select(frequency => new PointVerdict(
            -1, frequency, PointGrade.Missing, FormattableString.Invariant($"there is no point near {frequency:G4} Hz, where the steps of the sweep have one; measure it again")))];
        var different = tested.Select(i => points[i].FrequencyHz).Distinct().Count();
        if (different < options.PointsMin)
        {
            return Told(SpectrumGrade.TooFew, FormattableString.Invariant(
                $"{different} usable frequencies of {points.Count} points; {options.PointsMin} are needed. {Counts([.. verdicts, .. missing])} Measure more points, or look at the reasons of the points"), [.. verdicts, .. missing]);
        }

        var data = new ImpedanceData(
            [.. tested.Select(i => points[i].FrequencyHz)], [.. tested.Select(i => points[i].RealOhms)], [.. tested.Select(i => points[i].ImaginaryOhms)]);
        double[] times = [.. tested.Select(i => points[i].TimeSeconds)];
        var test = LinearKramersKronig.Test(data, KramersKronigOptions.Default with { RejectAbove = options.OutlierAbove });
        foreach (var i in test.Outlying)
        {
            var distance = double.Hypot(test.ResidualsReal[i], test.ResidualsImaginary[i]);
            verdicts[tested[i]] = new(tested[i], data.FrequenciesHz[i], PointGrade.Outlier, FormattableString.Invariant(
                $"point {tested[i] + 1} at {data.FrequenciesHz[i]:G6} Hz lies {100 * distance:G3} % of |Z| from what the other points allow, {test.Distances[i]:G3} standard deviations; leave it out, or measure it again"));
        }

        var drift = SweepDrift.Of(data, SweepTimes.Of(data, times), Single(data, test));
        var (grade, reason) = Judge(data, test, drift, [.. verdicts, .. missing], options);
        return Told(grade, reason, [.. verdicts, .. missing]) with
        {
            KramersKronig = test,
            ZHit = ZHit.Reconstruct(data),
            DriftPart = drift.Gain > DriftGainMin ? drift.PartOfModulus : 0,
        };
    }

    private static (SpectrumGrade Grade, string Reason) Judge(
        ImpedanceData data, KramersKronigResult test, SweepDrift drift, PointVerdict[] points, SpectrumCheckOptions options)
    {
        var rms = Math.Max(test.RmsReal, test.RmsImaginary);
        if (Part(points, PointGrade.Saturated) > BadPartMax)
            return (SpectrumGrade.Saturated, $"more than a fifth of the points is saturated. {Counts(points)} Take a larger range or a smaller amplitude");
        if (Part(points, PointGrade.NonLinear) > BadPartMax)
            return (SpectrumGrade.NonLinear, $"more than a fifth of the points has harmonics. {Counts(points)} Take a smaller amplitude");
        if (Part(points, PointGrade.NonStationary) > BadPartMax)
            return (SpectrumGrade.NonStationary, $"more than a fifth of the points changed while they were measured. {Counts(points)} Wait until the cell is steady");
        if (drift.Gain > DriftGainMin && Math.Abs(drift.PartOfModulus) > options.SystematicMax)
        {
            return (SpectrumGrade.NonStationary, FormattableString.Invariant(
                $"Re Z changed by {100 * drift.PartOfModulus:+0.###;-0.###} % of |Z| at {data.FrequenciesHz.Min():G4} Hz during the sweep, {drift.Deviations:G3} standard deviations; wait until the cell is steady, or shorten the sweep"));
        }

        if (rms > options.SystematicMax && (Neighbours(data, test) > NeighboursMax || test.Systematics > SystematicsMax))
        {
            return (SpectrumGrade.NonStationary, FormattableString.Invariant(
                $"the Kramers-Kronig residuals of {100 * rms:G3} % of |Z| are not random ({test.Systematics:G3} standard deviations, {Neighbours(data, test)} neighbours beyond {options.OutlierAbove:G3}): the cell changed during the sweep or was not linear; wait until it is steady, take a smaller amplitude, and measure again"));
        }

        if (test.Noise > options.SpectrumNoiseMax)
        {
            return (SpectrumGrade.Noisy, FormattableString.Invariant(
                $"the noise is {100 * test.Noise:G3} % of |Z|, above {100 * options.SpectrumNoiseMax:G3} %; take a larger amplitude or more periods, or check leads and shield"));
        }

        return points.Count(point => point.Grade != PointGrade.Good) > BadPartMax * points.Length
            ? (SpectrumGrade.Incomplete, $"more than a fifth of the points cannot be used. {Counts(points)} Measure the spectrum again")
            : (SpectrumGrade.Good, FormattableString.Invariant(
                $"{data.Count} points obey the Kramers-Kronig relations with a noise of {100 * test.Noise:G3} % of |Z|. {Counts(points)}").TrimEnd());
    }

    /// <summary>Outlying points that stand alone: a change of the cell takes its neighbours along.</summary>
    private static bool[] Single(ImpedanceData data, KramersKronigResult test)
    {
        var (order, left) = (Order(data), new bool[data.Count]);
        var outlying = test.Outlying.ToHashSet();
        for (var k = 2; k < order.Length; k++) // The two lowest frequencies are where a change shows.
            left[order[k]] = outlying.Contains(order[k]) && !outlying.Contains(order[k - 1]) && (k + 1 == order.Length || !outlying.Contains(order[k + 1]));
        return left;
    }

    /// <summary>Longest run of neighbouring outlying points.</summary>
    private static int Neighbours(ImpedanceData data, KramersKronigResult test)
    {
        var (longest, run) = (0, 0);
        foreach (var i in Order(data))
        {
            run = test.Outlying.Contains(i) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static int[] Order(ImpedanceData data) => [.. Enumerable.Range(0, data.Count).OrderBy(i => data.FrequenciesHz[i])];

    private static double Part(PointVerdict[] points, PointGrade grade) => (double)points.Count(point => point.Grade == grade) / points.Length;

    private static string Counts(PointVerdict[] points) => string.Concat(points.Where(point => point.Grade != PointGrade.Good).GroupBy(point => point.Grade)
        .Select(group => $"{group.Key}: {group.Count()} of {points.Length} points. "));

    private static SpectrumVerdict Told(SpectrumGrade grade, string reason, PointVerdict[] points) =>
        new() { Grade = grade, Reason = reason, Points = [.. points], KramersKronig = null, ZHit = null, DriftPart = 0 };
}

using System.Globalization;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Validity;

namespace CycleRig.Reports.Fits;

/// <summary>What was found in a spectrum, as lines to read.</summary>
public static class FitText
{
    private const int FrequenciesShown = 8;
    private const double SecondsPerHour = 3600;

    /// <summary>Reduced χ² above which residuals are more than noise: three times its standard deviation.</summary>
    private const double MisfitAbove = 9;

    private const double OutliersMax = 0.1;

    /// <summary>Points with Im Z above 0 from which its sign is doubted.</summary>
    private const double TurnedMin = 0.8;

    /// <summary>Of a bound, as near as this is at it.</summary>
    private const double NearBound = 1.01;

    /// <summary>More noise than any instrument has: mostly the columns are not what they seem.</summary>
    private const double NoiseMax = 0.05;

    /// <summary>All that is to be said of one spectrum.</summary>
    public static IEnumerable<string> Lines(SpectrumAnalysis analysis)
    {
        foreach (var line in Head(analysis))
            yield return line;
        foreach (var line in Ranking(analysis).Concat(Parameters(analysis)).Concat(Quality(analysis)).Concat(Drift(analysis)).Concat(SentinelText.Lines(analysis)))
            yield return line;
        foreach (var line in Verdict(analysis).Concat(RelaxationText.Lines(analysis)))
            yield return line;
    }

    /// <summary>One row for each spectrum of a series: its resistances and how well it fits.</summary>
    public static IEnumerable<string> Series(IReadOnlyList<SpectrumAnalysis> series)
    {
        var circuit = series[0].Circuit!;
        int[] shown = [.. Enumerable.Range(0, circuit.Parameters.Length).Where(k => circuit.Parameters[k].Role == ParameterRole.Resistance)];
        yield return $"series of {series.Count} spectra, {circuit.Text}, arcs labelled by continuity";
        foreach (var line in TextTable.Lines(
            ["spectrum", .. shown.Select(k => circuit.ParameterNames[k]), "reduced chi-square"],
            series.Select(one => (string[])[Title(one), .. shown.Select(k => Cell(one, k)), one.Fit!.Converged ? SiText.Plain(one.Fit.ReducedChiSquare, 3) : one.Fit.Reason])))
            yield return line;
        foreach (var one in series.Where(one => one.Fit!.Converged && one.Fit.Reason.Length > 0))
            yield return $"note: {one.Spectrum.Name}: {Note(one.Fit!)}";
        foreach (var one in series)
        {
            foreach (var line in Remarks(one).Concat(Verdict(one)).Concat(RelaxationText.Lines(one)))
                yield return $"{one.Spectrum.Name}: {line}";
        }
    }

    private static string Cell(SpectrumAnalysis one, int k) => !one.Fit!.Converged ? "-"
        : $"{SiText.WithError(one.Fit.Values[k], one.Fit.StandardErrors[k], "Ω")} ± {(double.IsNaN(one.Fit.StandardErrors[k]) ? "-" : SiText.Of(one.Fit.StandardErrors[k], "Ω", 2))}";

    private static IEnumerable<string> Head(SpectrumAnalysis analysis)
    {
        var (data, imported) = (analysis.Data, analysis.Spectrum.Imported);
        yield return $"{Title(analysis)}: {imported.Format}, {data.Count} points from {SiText.Brief(data.FrequenciesHz.Max(), "Hz")} to {SiText.Brief(data.FrequenciesHz.Min(), "Hz")}";
        foreach (var line in Remarks(analysis))
            yield return line;
        if (!analysis.Plan.Range.IsAll)
        {
            int[] outside = [.. Enumerable.Range(0, data.Count).Except(analysis.Within)];
            yield return $"range {analysis.Plan.Range}: {analysis.Within.Length} points; left out: {(outside.Length == 0 ? "none" : Listed(analysis, outside))}";
        }
    }

    private static IEnumerable<string> Remarks(SpectrumAnalysis analysis) => [
        .. analysis.Spectrum.Imported.Remarks.Select(remark => $"remark: {remark}"),
        .. analysis.Spectrum.Imported.Aborted ? ["remark: the file says that the measurement was aborted"] : (string[])[]];

    private static string Title(SpectrumAnalysis analysis) =>
        analysis.Spectrum.Name + (analysis.Spectrum.Imported.Label is { Length: > 0 } label ? $" ({label})" : "");

    private static string Listed(SpectrumAnalysis analysis, int[] points) =>
        string.Join(", ", points.Take(FrequenciesShown).Select(i => SiText.Brief(analysis.Data.FrequenciesHz[i], "Hz")))
        + (points.Length > FrequenciesShown ? $" and {points.Length - FrequenciesShown} more" : "");

    private static IEnumerable<string> Ranking(SpectrumAnalysis analysis)
    {
        if (analysis.Ranking is not { Length: > 0 } ranking)
            return [];
        // An element that says nothing costs less than strong evidence: it is no rival.
        var rivals = ranking.Skip(1).Where(one => one.Excess < CircuitSelection.Strong && one.Fit.AtBounds.IsEmpty && one.Fit.Undetermined.IsEmpty).Select(one => one.Circuit.Text).ToList();
        return [
            .. TextTable.Lines(
                ["circuit", "criterion above the best", "reduced chi-square", "note"],
                ranking.Select(one => (string[])[one.Circuit.Text, double.IsFinite(one.Excess) ? SiText.Plain(one.Excess, 4) : "-", one.Fit.Converged ? SiText.Plain(one.Fit.ReducedChiSquare, 3) : "-", Note(one.Fit)])),
            $"chosen: {ranking[0].Circuit.Text}; " + (rivals.Count == 0
                ? $"each other is worse by {CircuitSelection.Strong} or more, which is strong evidence, or has parameters that say nothing"
                : $"these points do not tell it apart from what is less than {CircuitSelection.Strong} worse: {string.Join(", ", rivals)}")];
    }

    private static IEnumerable<string> Parameters(SpectrumAnalysis analysis)
    {
        if (analysis.Fit is not { } fit)
            yield break;
        yield return $"circuit {analysis.Circuit!.Text}";
        if (!fit.Converged)
        {
            yield return $"the fit did not converge: {fit.Reason}";
            yield break;
        }

        string[] header = ["parameter", "is", "value", "standard error", .. analysis.Bootstrap is null ? [] : (string[])["bootstrap, 95 %"], .. analysis.Intervals.IsEmpty ? [] : (string[])["profile, 95 %"]];
        foreach (var line in TextTable.Lines(header, Enumerable.Range(0, fit.Names.Length).Select(k => Row(analysis, fit, k))))
            yield return line;
    }

    private static string[] Row(SpectrumAnalysis analysis, FitResult fit, int k)
    {
        var (name, kind, value, error) = (fit.Names[k], analysis.Circuit!.Parameters[k], fit.Values[k], fit.StandardErrors[k]);
        return [
            name, kind.Name, AtElementBound(fit, name, kind, value) ?? SiText.WithError(value, error, kind.Unit),
            analysis.Plan.Options.Fixed.Contains(name) ? "fixed" : double.IsNaN(error) ? "at its bound" : SiText.Error(value, error, kind.Unit),
            .. analysis.Bootstrap is { } bootstrap ? [double.IsNaN(error) ? "-" : Between(bootstrap.Interval(name), value, error, kind.Unit)] : (string[])[],
            .. analysis.Intervals.IsEmpty ? [] : (string[])[analysis.Intervals[k] is { } interval ? Between(interval, value, error, kind.Unit) : "-"]];
    }

    /// <summary>The bound of an element is no number that anybody would read: 0 or ∞; null elsewhere.</summary>
    private static string? AtElementBound(FitResult fit, string name, ParameterKind kind, double value) => !fit.AtBounds.Contains(name) || !kind.IsLogarithmic ? null
        : Math.Abs(value) <= kind.Low * NearBound ? $"0 {kind.Unit}"
        : Math.Abs(value) >= kind.High / NearBound ? $"∞ {kind.Unit}" : null;

    private static string Between((double Low, double High) interval, double value, double error, string unit) =>
        $"{SiText.WithError(interval.Low, error, unit)} to {SiText.WithError(interval.High, error, unit)}";

    private static IEnumerable<string> Quality(SpectrumAnalysis analysis)
    {
        var weights = analysis.Plan.Options.Weighting switch
        {
            Weighting.Modulus => "weights 1/|Z|",
            Weighting.Unit => "all points weighted alike",
            Weighting.Proportional => "weights 1/|Re Z| and 1/|Im Z|",
            Weighting.Measured => "measured weights",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var noise = analysis.Noise is { } known ? $"noise {SiText.Percent(known)} of |Z| {(analysis.Plan.Noise is null ? "by Lin-KK" : "as given")}" : "noise not known (fewer than 7 points), so that chi-square has no scale";
        if (analysis.Fit is not { Converged: true } fit)
        {
            yield return noise;
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"chi-square {SiText.Plain(fit.ChiSquare, 6)}, {fit.DegreesOfFreedom} degrees of freedom, reduced {SiText.Plain(fit.ReducedChiSquare, 3)}; {noise}; {weights}");
        var used = analysis.Within.Length - fit.LeftOut.Length;
        yield return $"points used: {used} of {analysis.Data.Count}" + (fit.LeftOut.IsEmpty ? "" : $"; outliers left out: {Listed(analysis, [.. fit.LeftOut.Select(i => analysis.Within[i])])}");
        if (!fit.AtBounds.IsEmpty)
            yield return $"note: at its bound, no measurement: {string.Join(", ", fit.AtBounds)}";
        if (!fit.Undetermined.IsEmpty)
            yield return $"note: not determined by these points: {string.Join(", ", fit.Undetermined)}";
        if (analysis.Noise > NoiseMax && analysis.Plan.Noise is null)
            yield return $"note: a noise of {SiText.Percent(analysis.Noise.Value)} of |Z| is more than instruments have: look whether Re Z and Im Z are the right columns, with the right sign";
        if (IsTurned(analysis))
            yield return "note: Im Z is above 0 at most points, which inductances alone do not do: its sign seems reversed; name the column -Im(Z)";
        if (analysis.DriftSeen.Length > 0)
            yield return $"note: these points tell a drift of {string.Join(", ", analysis.DriftSeen)} during the sweep: fit with --drift";
        foreach (var line in SumsOfResistances.Lines(analysis.Circuit!, fit))
            yield return line;
        if (analysis.Noise is not null && fit.ReducedChiSquare > MisfitAbove)
            yield return $"note: the residuals are {SiText.Plain(Math.Sqrt(fit.ReducedChiSquare), 2)} times the noise: this circuit does not describe all of these points; try --select, or --range";
        else if (fit.LeftOut.Length > OutliersMax * analysis.Within.Length)
            yield return "note: more than a tenth of the points were left out as outliers; try another circuit with --select, or --range";
    }

    private static bool IsTurned(SpectrumAnalysis analysis) => analysis.Within.Count(i => analysis.Data.ImaginaryOhms[i] > 0) > TurnedMin * analysis.Within.Length;

    /// <summary>The reason of a fit without the frequencies of its outliers, which fill lines.</summary>
    private static string Note(FitResult fit)
    {
        if (!fit.Converged)
            return fit.Reason;
        string[] parts = [
            fit.AtBounds.IsEmpty ? "" : $"at its bound: {string.Join(", ", fit.AtBounds)}",
            fit.Undetermined.IsEmpty ? "" : $"not determined: {string.Join(", ", fit.Undetermined)}",
            fit.LeftOut.IsEmpty ? "" : $"outliers: {fit.LeftOut.Length}"];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static IEnumerable<string> Drift(SpectrumAnalysis analysis)
    {
        if (analysis is not { Drift: { } drift, Fit.Converged: true })
            yield break;
        var span = analysis.SpanSeconds;
        if (drift.Drifting.IsEmpty)
            yield return $"drift: none that these points tell; the resistances held still over {SiText.Plain(span, 3)} s";
        foreach (var name in drift.Drifting)
        {
            var change = drift.RelativeChange(name);
            if (analysis.Fit.AtBounds.Contains($"{name}_drift"))
            {
                yield return $"drift: {name} changed by more than a line can say, by {Signed(100 * change)} % or beyond: no measurement";
                continue;
            }

            yield return $"drift: {name} changed by {Signed(100 * change)} % over the sweep of {SiText.Plain(span, 3)} s, {Signed(100 * change / span * SecondsPerHour)} % per hour ({(change > 0 ? "+" : "")}{SiText.Of(change * drift.Fit[name], "Ω", 3)} over the sweep)";
        }
    }

    private static string Signed(double value) => (value > 0 ? "+" : "") + (Math.Abs(value) < 100 ? SiText.Plain(value, 3) : value.ToString("F0", CultureInfo.InvariantCulture));

    private static IEnumerable<string> Verdict(SpectrumAnalysis analysis)
    {
        if (analysis.Verdict is not { } verdict)
            yield break;
        yield return $"check: {Word(verdict.Grade)}: {verdict.Reason}";
        foreach (var point in verdict.Points.Where(point => point.Grade != PointGrade.Good))
            yield return $"  {point.Reason}";
    }

    private static string Word(SpectrumGrade grade) => grade switch
    {
        SpectrumGrade.Good => "good",
        SpectrumGrade.TooFew => "too few points",
        SpectrumGrade.Saturated => "saturated",
        SpectrumGrade.NonLinear => "not linear",
        SpectrumGrade.NonStationary => "not stationary",
        SpectrumGrade.Noisy => "noisy",
        SpectrumGrade.Incomplete => "incomplete",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

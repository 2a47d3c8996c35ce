using System.Globalization;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Derived;
using CycleRig.Impedance.Validity;
using CycleRig.Reports.Fits;
using CycleRig.Reports.Protocols;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Verdicts;

/// <summary>The evidence behind a verdict in words: short lines, each with its units.</summary>
public static class EvidenceText
{
    private const double SecondsPerMinute = 60;
    private const int Digits = 4;
    private const int ResistanceDigits = 6;

    /// <summary>Where the arcs of bulk and interface meet.</summary>
    private const double ValleyLowHertz = 1e3, ValleyHighHertz = 1e6;

    /// <summary>Differences are averaged over frequencies within this factor of it, and over so many at the low end.</summary>
    private const double ValleyFactor = 3;
    private const int LowestPoints = 5;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(VerdictEvidence evidence)
    {
        var (run, judged) = (evidence.Run, evidence.Judged);
        return
        [
            $"verdict {Word(judged.Level)} {At(run, judged)}: {judged.Detail}",
            .. judged.Evidence is { } known ? [.. Resistances("now", known), $"  R_int{(double.IsFinite(known.InterfaceOhms) ? "" : " of the last whole sweep")} {Pair(known.Pair)} metal", .. Tested(run, judged.Level, known)] : (string[])[],
            .. evidence.HealthyVerdict is { Evidence: { } sound } healthy
                ? [$"last healthy verdict {At(run, healthy)}", .. Resistances("then", sound)]
                : (string[])["no verdict before it was healthy: there is nothing to compare with"],
            .. Difference(evidence),
            .. evidence.Now is { } now ? Spectrum("spectrum now", now) : ["the journal does not hold the spectrum of this verdict"],
            .. evidence.Healthy is { } then ? Spectrum("last healthy spectrum", then) : [],
            Versions(evidence),
            .. AfterHalt(evidence),
        ];
    }

    /// <summary>What a hypothesis means.</summary>
    public static string Meaning(string hypothesis) => hypothesis switch
    {
        "metal" => "metal grows in the electrolyte",
        "temperature" => "the cell warms and its thermometer does not show it",
        "thermometer" => "the thermometer moves and the cell does not",
        "step" => "a lead, a connector or a range has changed at once",
        "short" => "a short through the electrolyte",
        "other" => "a lead, a range or another cell",
        "none" => "nothing has changed",
        _ => hypothesis,
    };

    private static IEnumerable<string> Resistances(string when, Evidence evidence)
    {
        yield return $"  {when}: R_bulk {Ohms(evidence.BulkOhms)}, at 30 °C {Ohms(evidence.CompensatedOhms)} (correction {Number(evidence.CorrectionPercent, 3)} %)";
        yield return $"  {when}: R_int {(double.IsFinite(evidence.InterfaceOhms) ? SiText.Of(evidence.InterfaceOhms, "Ω", Digits) : "was not measured")}";
    }

    private static string Pair(string pair) => pair is null or "neither supports nor opposes" ? "neither supports nor opposes" : pair;

    private static IEnumerable<string> Tested(RunVerdicts run, WarningLevel level, Evidence evidence)
    {
        if (double.IsFinite(evidence.Threshold))
            yield return $"  statistic {Number(evidence.Statistic, 3)} σ against {Number(evidence.Threshold, 3)} σ";
        if (double.IsFinite(evidence.OnsetSeconds) && evidence.LossPercent > 0)
            yield return FormattableString.Invariant($"  estimated onset {(evidence.OnsetSeconds - run.StartedSeconds) / SecondsPerMinute:F1} min into the run; {evidence.LossPercent:F2} % of R_bulk lost since");
        if (evidence.Hypotheses.IsDefaultOrEmpty)
            yield break;
        yield return "  what explains it, best first (gain in log-likelihood over no change):";
        var best = evidence.Hypotheses[0].LogLikelihoodGain;
        foreach (var (hypothesis, rank) in evidence.Hypotheses.Select((hypothesis, i) => (hypothesis, i)))
            yield return $"    {Number(hypothesis.LogLikelihoodGain, 3),6}  {Meaning(hypothesis.Name)}{(rank == 0 ? "" : Likely(hypothesis.LogLikelihoodGain - best))}";
        if (level >= WarningLevel.Warning && evidence.Hypotheses[0].Name is "temperature" or "step")
            yield return FormattableString.Invariant($"  believed instead of metal is a cell that warms only where it explains more by {Detector.TemperatureGain}, a step where by {Detector.StepGain}");
        if (evidence.LossPercent > 0 && evidence.UnseenKelvins is > 0 and < double.PositiveInfinity)
            yield return Otherwise(evidence);
    }

    private static string Otherwise(Evidence evidence)
    {
        var isShort = evidence.Hypotheses.Any(one => one.Name == "short");
        return FormattableString.Invariant(
            $"  for it to be no {(isShort ? "short" : "metal")} the cell must have warmed by {evidence.UnseenKelvins:G3} K that its thermometer does not show, or its leads must have lost {evidence.LossPercent:G3} % of R_bulk{(isShort && evidence.Pair == "supports" ? ", and its contact must have improved at the same moment" : "")}");
    }

    private static string Likely(double gain) => gain >= 0 ? ", as likely" : gain < -20 ? ", less than a hundred-millionth as likely" : $", {Number(100 * Math.Exp(gain), 2)} % as likely";

    private static IEnumerable<string> Difference(VerdictEvidence evidence)
    {
        if (evidence.Now is not { } now || evidence.Healthy is not { } healthy)
            yield break;
        if (evidence.Difference.IsEmpty)
        {
            yield return "difference: the two spectra have no frequency in common";
            yield break;
        }

        var (points, area) = (evidence.Difference, evidence.Run.AreaSquareCentimetres);
        yield return $"difference, last healthy minus now, at {points.Length} frequencies from {SiText.Brief(points[0].FrequencyHz, "Hz")} to {SiText.Of(points[^1].FrequencyHz, "Hz", 3)}:";
        if (Valley(now) is { } valley)
            yield return $"  Re Z between bulk and interface, {Mean([.. points.Where(point => Math.Abs(Math.Log(point.FrequencyHz / valley)) <= Math.Log(ValleyFactor))], area)}";
        yield return $"  Re Z at the lowest, {Mean([.. points.TakeLast(LowestPoints)], area)}";
        if (Math.Abs(now.Reading.TemperatureCelsius - healthy.Reading.TemperatureCelsius) is var kelvins and > 0.05)
            yield return FormattableString.Invariant($"  of which the temperature has its part: {kelvins:F2} K lie between them");
    }

    /// <summary>One point has its noise, which may be as large as what has gone: neighbours are averaged, and their scatter gives the error.</summary>
    private static string Mean(IReadOnlyList<DifferencePoint> points, double area)
    {
        double[] ohms = [.. points.Select(point => point.Ohms.Real)];
        var error = ohms.Length > 1 ? $" ± {SiText.Of(ohms.StandardDeviation() / Math.Sqrt(ohms.Length), "Ω", 2)}" : "";
        return $"mean of {ohms.Length} from {SiText.Of(points[0].FrequencyHz, "Hz", 3)} to {SiText.Of(points[^1].FrequencyHz, "Hz", 3)}: {SiText.Of(ohms.Average(), "Ω", 3)}{error} ({Number(ohms.Average() * area, 3)} Ω cm²)";
    }

    private static double? Valley(SpectrumEvidence spectrum) => spectrum.Spectrum.Points.Where(point => Impedance.ImpedanceData.IsUsable(point) && point.FrequencyHz is >= ValleyLowHertz and <= ValleyHighHertz)
        .Cast<SpectrumPoint?>().MinBy(point => Math.Abs(point!.Value.ImaginaryOhms / point.Value.RealOhms))?.FrequencyHz;

    private static IEnumerable<string> Spectrum(string name, SpectrumEvidence spectrum)
    {
        yield return $"{name}: {spectrum.Spectrum.Points.Length} points{(spectrum.IsPart ? ", cut by the halt above 1 kHz" : "")}{(spectrum.Reading.BulkOnly ? ": R_bulk alone is read" : "")}";
        yield return spectrum.Reading.Valid
            ? $"  fit: valid, R_bulk {SiText.WithError(spectrum.Reading.BulkOhms, spectrum.Reading.BulkRelativeSd * spectrum.Reading.BulkOhms, "Ω")} ± {Number(100 * spectrum.Reading.BulkRelativeSd, 2)} %, residuals {Number(100 * spectrum.Residual, 2)} % of |Z|"
            : $"  fit: not valid, {spectrum.Reading.WhyNotValid}";
        if (spectrum.Check is { } check)
            yield return $"  Kramers-Kronig check: {(check.Grade == SpectrumGrade.Good ? "good, " : "")}{check.Reason}";
        if (!double.IsFinite(spectrum.DirectOhms))
            yield return "  no direct current: V/I says nothing";
        else if (spectrum.LowestHertz >= SweepPart.LowestHertz)
            yield return $"  V/I {SiText.Of(spectrum.DirectOhms, "Ω", Digits)}; Re Z was measured down to {SiText.Of(spectrum.LowestHertz, "Hz", 3)} only, where the interface does not show";
        else
            yield return $"  V/I {SiText.Of(spectrum.DirectOhms, "Ω", Digits)} against Re Z {SiText.Of(spectrum.LowestOhms, "Ω", Digits)} at {SiText.Of(spectrum.LowestHertz, "Hz", 3)}: ratio {Number(spectrum.DirectOhms / spectrum.LowestOhms, 3)}";
    }

    private static string Versions(VerdictEvidence evidence)
    {
        var judged = evidence.Judged;
        var live = judged.Evidence?.BulkOhms ?? double.NaN;
        var again = evidence.Now?.Reading is { Valid: true } reading ? reading.BulkOhms : double.NaN;
        var same = !double.IsFinite(live) || !double.IsFinite(again) ? ""
            : Math.Abs(again - live) <= 1e-9 * live ? "; fitted anew, R_bulk is the same"
            : FormattableString.Invariant($"; fitted anew, R_bulk differs by {100 * ((again / live) - 1):G2} %: another version of the fit, or spectra that are missing");
        return $"versions: detector {judged.Evidence?.Version ?? "not known"}, fit {judged.FitVersion ?? "not noted"}{same}";
    }

    private static IEnumerable<string> AfterHalt(VerdictEvidence evidence)
    {
        if (evidence.AfterHalt is not { } after)
            yield break;
        var verdict = after.Verdict;
        yield return $"after the halt{(verdict.IsComplete ? "" : FormattableString.Invariant($", so far (a verdict needs {AfterHaltVerdict.SpectraMin} spectra, the last {AfterHaltVerdict.LatestMinMinutes:F0} min after the halt or later)"))}: {verdict.Text}";
        if (verdict.ShortShare is { } share)
            yield return $"  Re Z at the lowest frequency is {Number(share, 3)} of the healthy R_bulk; a sound cell has R_bulk and R_int there";
        foreach (var loss in verdict.Losses)
            yield return FormattableString.Invariant($"  {loss.Minutes,4:F0} min: R_bulk at one temperature {100 * loss.Loss.Value:F2} % below the healthy one ({Interval(loss.Loss)}), R_int {loss.InterfaceRatio:F2} times");
        if (verdict is { Claimed: { Value: > AfterHaltVerdict.LossMin } claimed, Middle: { } middle })
            yield return FormattableString.Invariant($"  under current it had lost {100 * claimed.Value:F2} % ({Interval(claimed)}): {(middle.Value >= claimed.Value ? "all" : FormattableString.Invariant($"{100 * Math.Max(0, middle.Value) / claimed.Value:F0} %"))} of that is gone at rest");
        yield return FormattableString.Invariant($"  healthy is the last spectrum {(after.Healthy.CurrentAmperes == 0 ? "at rest" : "under current")} before the damage, {(after.Healthy.EndSeconds - evidence.Run.StartedSeconds) / SecondsPerMinute:F1} min into the run; losses below {100 * AfterHaltVerdict.LossMin:G2} % count as none (our assumption); lithium that creeps over the mask may take 1 to 2 % in hours");
    }

    private static string Interval(Estimate estimate) => FormattableString.Invariant($"{100 * estimate.Low:F2} to {100 * estimate.High:F2} %, 95 %");

    private static string At(RunVerdicts run, VerdictRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{(row.TimeSeconds - run.StartedSeconds) / SecondsPerMinute:F1} min into the run, after {row.PassedMilliampereHoursPerSquareCentimetre:F3} mAh/cm²");

    /// <summary>As many digits as changes of a per mille need.</summary>
    private static string Ohms(double ohms) => SiText.Of(ohms, "Ω", ResistanceDigits);

    private static string Number(double value, int digits) => SiText.Plain(value, digits);

    private static string Word(WarningLevel level) => level.ToString().ToLowerInvariant();
}

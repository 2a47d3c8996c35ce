namespace CycleRig.Reports.Fits;

/// <summary>A distribution of relaxation times, as lines to read.</summary>
internal static class RelaxationText
{
    public static IEnumerable<string> Lines(SpectrumAnalysis analysis)
    {
        if (analysis.Relaxation is not { } found)
            yield break;
        yield return $"relaxation times: λ {SiText.Plain(found.Lambda, 3)} ({found.Method}), R∞ {SiText.Of(found.OhmicOhms, "Ω")}, polarisation {SiText.Of(found.PolarisationOhms, "Ω")}, L {SiText.Of(found.InductanceHenries, "H")}{(double.IsFinite(found.CapacitanceFarads) ? $", C {SiText.Of(found.CapacitanceFarads, "F")} in series" : "")}, residuals {SiText.Percent(found.RmsResidual)} of |Z|";
        if (!found.Applies)
            yield return $"note: the distribution does not apply: {found.Reason}";
        foreach (var line in TextTable.Lines(
            ["peak", "resistance", "95 %", "time constant", "95 %"],
            found.Peaks.Select((peak, i) => (string[])[
                SiText.Plain(i + 1), SiText.Of(peak.ResistanceOhms, "Ω"), $"{SiText.Of(peak.ResistanceLowOhms, "Ω")} to {SiText.Of(peak.ResistanceHighOhms, "Ω")}",
                SiText.Of(peak.TimeConstantSeconds, "s"), $"{SiText.Of(peak.TimeConstantLowSeconds, "s")} to {SiText.Of(peak.TimeConstantHighSeconds, "s")}"])))
            yield return line;
    }
}

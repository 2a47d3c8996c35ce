namespace CycleRig.Reports.Fits;

/// <summary>A sentinel sweep, as lines to read.</summary>
internal static class SentinelText
{
    public static IEnumerable<string> Lines(SpectrumAnalysis analysis)
    {
        if (analysis.Sentinel is not { } plan)
            yield break;
        var times = plan.FrequenciesHz.GroupBy(hertz => hertz).Select(same => same.Count() > 1 ? $"{same.Count()} × {SiText.Of(same.Key, "Hz", 3)}" : SiText.Of(same.Key, "Hz", 3));
        yield return $"sentinel sweep for {analysis.Plan.Sentinel}: {string.Join(", ", times)}";
        yield return $"  {plan.FrequenciesHz.Length} points in {SiText.Of(plan.DurationSeconds, "s", 3)}: {SiText.Percent(plan.RelativeSd)} of {analysis.Plan.Sentinel} (one standard error); evenly spaced {SiText.Percent(plan.EvenRelativeSd)} in {SiText.Of(plan.EvenDurationSeconds, "s", 3)}";
    }
}

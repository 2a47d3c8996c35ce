using System.Globalization;
using System.Text.RegularExpressions;
using CycleRig.Reports.Verdicts;
using Xunit;

namespace CycleRig.Reports.Tests.Verdicts;

public sealed class EvidenceTextTests
{
    [Fact]
    public void Numbers_have_units_and_the_hypotheses_words()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        List<string> lines = [.. EvidenceText.Lines(MadeUpRun.Explained(recording, run.Verdicts(recording)))];
        foreach (var expected in (string[])
        [
            "  now: R_bulk 2.36160 kΩ, at 30 °C 2.38522 kΩ (correction 1 %)",
            "  now: R_int 16.00 kΩ",
            "  R_int supports metal",
            "  statistic 6.1 σ against 5.5 σ",
            "  estimated onset 15.0 min into the run; 4.00 % of R_bulk lost since",
            "      18.6  metal grows in the electrolyte",
            // exp(12 - 18.6) is 0.14 %.
            "        12  the cell warms and its thermometer does not show it, 0.14 % as likely",
            "  for it to be no metal the cell must have warmed by 0.9 K that its thermometer does not show, or its leads must have lost 4 % of R_bulk",
        ])
            Assert.Contains(expected, lines);
        Assert.Contains(lines, line => line.StartsWith("difference, last healthy minus now, at ", StringComparison.Ordinal) && line.EndsWith("from 7 MHz to 1.00 Hz:", StringComparison.Ordinal));
        // 4 % of 2,460 Ω have gone: 98.4 Ω, 3.09 Ω cm²; ten points of 0.2 % of 2.5 kΩ tell their mean to some 2 Ω.
        var gone = Regex.Match(lines.Single(line => line.StartsWith("  Re Z between bulk and interface, mean of ", StringComparison.Ordinal)), @": ([0-9.]+) Ω ± ([0-9.]+) Ω \(([0-9.]+) Ω cm²\)$");
        Assert.True(gone.Success);
        Assert.Equal(98.4, double.Parse(gone.Groups[1].Value, CultureInfo.InvariantCulture), 8.0);
        Assert.InRange(double.Parse(gone.Groups[2].Value, CultureInfo.InvariantCulture), 0.8, 4);
        Assert.Equal(3.09, double.Parse(gone.Groups[3].Value, CultureInfo.InvariantCulture), 0.3);
        Assert.Contains(lines, line => line.StartsWith("versions: detector filter-1, fit cell-1; fitted anew, R_bulk differs by", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("NaN", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sudden_fall_does_not_hide_that_its_explanations_are_alike()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var verdicts = run.Verdicts(recording);
        var last = verdicts.Rows[^1];
        var told = last with { Evidence = last.Evidence! with { Hypotheses = [new("short", 400), new("other", 400), new("none", 0)] } };
        List<string> lines = [.. EvidenceText.Lines(MadeUpRun.Explained(recording, verdicts with { Rows = verdicts.Rows.SetItem(verdicts.Rows.Length - 1, told) }))];
        Assert.Contains("       400  a lead, a range or another cell, as likely", lines);
        Assert.Contains(lines, line => line.Contains("for it to be no short", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("metal grows", StringComparison.Ordinal));
    }

    /// <summary>Each name that the detector gives has words.</summary>
    [Fact]
    public void Every_hypothesis_has_a_meaning() => Assert.All(
        (string[])["metal", "temperature", "thermometer", "step", "short", "other", "none"], name => Assert.NotEqual(name, EvidenceText.Meaning(name)));
}

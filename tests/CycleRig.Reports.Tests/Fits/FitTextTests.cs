using CycleRig.Impedance.Circuits;
using CycleRig.Reports.Fits;
using Xunit;

namespace CycleRig.Reports.Tests.Fits;

public sealed class FitTextTests
{
    [Fact]
    public void A_circuit_that_does_not_describe_the_points_is_said_to_do_so()
    {
        var lines = FitText.Lines(Analysed.Garnet(Analysed.TwoArcs with { Circuits = [Circuit.Parse("R0-p(R1,CPE1)")] })).ToList();
        Assert.Contains(lines, line => line.Contains("this circuit does not describe all of these points", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_points_above_the_bulk_arc_only_the_sum_of_R0_and_R1_is_told()
    {
        var lines = FitText.Lines(Analysed.Garnet(Analysed.TwoArcs with { Range = FrequencyRange.Parse("..100kHz") })).ToList();
        Assert.Contains(lines, line => line.StartsWith("note: the points tell R0 + R1 = 3.8", StringComparison.Ordinal));
        Assert.DoesNotContain(FitText.Lines(Analysed.Garnet(Analysed.TwoArcs)), line => line.StartsWith("note: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_element_that_says_nothing_is_no_rival_of_the_chosen_circuit()
    {
        var library = Analysed.TwoArcs with { Circuits = [.. Impedance.Fitting.CircuitSelection.Library.Select(text => Circuit.Parse(text))] };
        Assert.Contains(FitText.Lines(Analysed.Garnet(library, seed: 1)), line => line.StartsWith("chosen: R0-p(R1,CPE1)-p(R2,CPE2); each other", StringComparison.Ordinal));
        // By chance the noise of this one asks for an inductance, by less than strong evidence.
        Assert.Contains(FitText.Lines(Analysed.Garnet(library, seed: 2)), line => line.EndsWith("worse: L0-R0-p(R1,CPE1)-p(R2,CPE2)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sentinel_sweep_is_told_with_what_it_tells_and_takes()
    {
        var lines = FitText.Lines(Analysed.Garnet(Analysed.TwoArcs with { Sentinel = "R1", OverheadSeconds = 0.3 })).ToList();
        Assert.Contains(lines, line => line.StartsWith("sentinel sweep for R1: 3.00 MHz, ", StringComparison.Ordinal) && line.EndsWith("1.00 kHz", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  12 points in 3.80 s: 0.0", StringComparison.Ordinal)); // 12 × 0.3 s and 0.2 s to start.
    }

    [Fact]
    public void Check_and_relaxation_times_need_no_circuit()
    {
        var lines = FitText.Lines(Analysed.Garnet(new() { Check = true, Relaxation = true })).ToList();
        Assert.Contains(lines, line => line.StartsWith("check: good: 73 points", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("2      16.", StringComparison.Ordinal) || line.StartsWith("2      15.", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("parameter", StringComparison.Ordinal));
    }
}

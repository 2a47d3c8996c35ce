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
    public void What_the_points_do_not_determine_is_told()
    {
        // Below the top of the bulk arc R0 cannot be told from the bulk.
        var lines = FitText.Lines(Analysed.Garnet(Analysed.TwoArcs with { Range = FrequencyRange.Parse("..200kHz") })).ToList();
        Assert.Contains(lines, line => line.StartsWith("note: ", StringComparison.Ordinal));
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

using CycleRig.Host.Simulating.Paper;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>The report of the reference experiment as a pipe sees it.</summary>
public sealed class PaperTextTests
{
    [Fact]
    public void A_row_is_a_few_short_lines()
    {
        var lines = PaperText.Lines([new("A1", "R_int", "2000 Ω cm² (text)", "1990 (1800 to 2100) Ω cm²", "± 20 %", true)], 1).Skip(1);
        Assert.Equal(
            ["A1  R_int", "    published  2000 Ω cm² (text)", "    ours       1990 (1800 to 2100) Ω cm²", "    tolerance  ± 20 %: pass"], lines);
    }

    [Fact]
    public void What_rounds_to_zero_has_no_sign() =>
        Assert.Equal("0.0 % (0.0 % to 0.0 %)", new Spread([-1e-5, -1e-5]).Text("P1", ""));
}

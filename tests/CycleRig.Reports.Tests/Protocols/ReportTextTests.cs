using System.Text.Json.Nodes;
using CycleRig.Reports.Protocols;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

public sealed class ReportTextTests
{
    private static readonly ProtocolReport Report = new(
        "p", "a title", ["rec"],
        [ReportRow.Words("verdict", "well"), ReportRow.Of("R", new(100, 90, 110), "Ω", "as it should"), ReportRow.Of("k", new(3, 2, double.PositiveInfinity), "")],
        ["assumed"], [new("x", "y", [new("s", [1, 2], [double.NaN, 4], ChartStyle.Points)])]);

    [Fact]
    public void A_report_is_a_title_a_table_and_notes() => Assert.Equal(
        [
            "a title", "",
            "verdict: well", "",
            "result   value   95 % interval   verdict",
            "------   -----   -------------   ------------",
            "R        100 Ω   90 to 110       as it should",
            "k        3.0     above 2.0",
            "note: assumed",
        ],
        ReportText.Lines(Report));

    /// <summary>Half of the interval has two digits, and what stands beside each other has as many decimals and the same prefix.</summary>
    [Theory]
    [InlineData(2411.23, 2398.4, 2424.1, "Ω", "2411 Ω", "2398 to 2424")]
    [InlineData(0.99512, 0.98, 1.01, "", "0.995", "0.980 to 1.010")]
    [InlineData(1.5e-8, 9.2e-9, 2.1e-8, "S/cm", "15.0 nS/cm", "9.2 to 21.0")]
    [InlineData(251234.0, 250000.0, 252400.0, "Ω", "251.2 kΩ", "250.0 to 252.4")]
    [InlineData(-1e-5, -0.04, 0.03, "%", "0.000 %", "-0.040 to 0.030")]
    [InlineData(0.8, 0.8, null, "mA/cm²", "0.8 mA/cm²", "above 0.8")]
    [InlineData(null, null, 1.2e-10, "S/cm", "below 120 pS/cm", "")]
    [InlineData(-0.0, null, null, "nA", "0 nA", "")]
    [InlineData(16766.4, null, null, "Ω cm²", "16766 Ω cm²", "")]
    [InlineData(1.234e-9, null, null, "", "1.234e-09", "")]
    public void A_row_has_one_prefix_and_one_number_of_decimals(double? value, double? low, double? high, string unit, string shown, string interval) =>
        Assert.Equal((shown, interval), ReportNumber.Of(new("x", value, unit) { Low = low, High = high }));

    [Fact]
    public void No_line_is_wider_than_a_terminal_and_no_word_is_lost()
    {
        var long1 = string.Join(' ', Enumerable.Range(0, 80).Select(i => $"word{i}"));
        var report = Report with
        {
            Rows = [ReportRow.Words("verdict", long1), ReportRow.Of(new string('n', 55), new(2411, 2398, 2424), "Ω cm²", long1)], Notes = [long1],
        };
        List<string> lines = [.. ReportText.Lines(report)];
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
        Assert.Equal(3, lines.SelectMany(line => line.Split(' ')).Count(word => word == "word79"));
    }

    [Fact]
    public void The_same_for_programs_has_null_for_what_is_no_number()
    {
        var report = JsonNode.Parse(ReportJson.Of([Report]))!["reports"]![0]!;
        Assert.Equal("""{"name":"k","value":3,"low":2,"high":null,"unit":"","verdict":""}""", report["rows"]![2]!.ToJsonString());
        Assert.Equal("[]", report["charts"]![0]!["marks"]!.ToJsonString());
        Assert.Equal("[null,4]", report["charts"]![0]!["series"]![0]!["y"]!.ToJsonString());
    }
}

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
            "result    value   95 % interval   verdict",
            "-------   -----   -------------   ------------",
            "verdict   -                       well",
            "R         100 Ω   90 to 110       as it should",
            "k         3       above 2",
            "note: assumed",
        ],
        ReportText.Lines(Report));

    [Fact]
    public void The_same_for_programs_has_null_for_what_is_no_number()
    {
        var report = JsonNode.Parse(ReportJson.Of([Report]))!["reports"]![0]!;
        Assert.Equal("""{"name":"k","value":3,"low":2,"high":null,"unit":"","verdict":""}""", report["rows"]![2]!.ToJsonString());
        Assert.Equal("[null,4]", report["charts"]![0]!["series"]![0]!["y"]!.ToJsonString());
    }
}

using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

public sealed class SpectrumPartJsonTests
{
    private static readonly Spectrum Part = new(7, 100.5, [new(7e6, 1400.25, -1150, 101, -1.57e-5, 30.01, double.NaN), new(1e3 / 3, 0.1, -0.2, 102, -1.57e-5, double.NaN, 5)]);

    [Fact]
    public void Points_come_back_through_a_record_as_they_were_also_those_that_are_no_numbers()
    {
        var record = JournalRecord.Json(RecordKind.Fit, "ch-1", null, 0, DateTimeOffset.UnixEpoch, new JsonObject { ["part"] = SpectrumPartJson.Of(Part) });
        var back = SpectrumPartJson.Read((JsonObject)record.DecodeJson()["part"]!, 7);
        Assert.Equal((7, 100.5), (back.Index, back.StartSeconds));
        Assert.Equal(Part.Points, back.Points);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var json = SpectrumPartJson.Of(Part);
        json.Remove("time_s");
        Assert.Contains("sweep 7 has no column `time_s`", Assert.Throws<FormatException>(() => SpectrumPartJson.Read(json, 7)).Message, StringComparison.Ordinal);
        json["time_s"] = new JsonArray(1);
        Assert.Contains("different lengths", Assert.Throws<FormatException>(() => SpectrumPartJson.Read(json, 7)).Message, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using CycleRig.Reports.Verdicts;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Verdicts;

public sealed class EvidenceJsonTests
{
    [Fact]
    public void The_document_has_all_of_it_and_is_plain_json()
    {
        var run = new MadeUpRun().Rested(RecordingBuilder.Symmetric(0.96 * MadeUpRun.Bulk, MadeUpRun.Interface));
        var recording = run.Cell.Build();
        // Without a threshold, an onset or a temperature there are nulls, never NaN, which is no JSON.
        var json = JsonNode.Parse(EvidenceJson.Of(MadeUpRun.Explained(recording, run.Verdicts(recording))).ToJsonString())!;
        Assert.Equal("halt", json["judged"]!["level"]!.ToString());
        Assert.Equal("dendrite_onset", json["halt_reason"]!.ToString());
        Assert.Null(json["last_healthy"]!["threshold"]);
        Assert.Equal(5.5, (double)json["judged"]!["threshold"]!);
        Assert.Equal("metal grows in the electrolyte", json["judged"]!["hypotheses"]![0]!["meaning"]!.ToString());
        var ohms = (double)json["difference"]!["zre_ohm"]![0]!;
        Assert.Equal(ohms * RecordingBuilder.AreaSquareCentimetres, (double)json["difference"]!["zre_ohm_cm2"]![0]!, 1e-12);
        Assert.Equal("Good", json["judged"]!["spectrum"]!["check"]!.ToString());
        Assert.Equal("confirmed", json["after_halt"]!["verdict"]!.ToString());
        Assert.Equal(3, json["after_halt"]!["spectra"]!.AsArray().Count);
        Assert.Equal("filter-1", json["versions"]!["detector"]!.ToString());
    }
}

using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Storage.Exports;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Tests.Exports;
using Xunit;

namespace CycleRig.Storage.Tests.Recordings;

public sealed class RecordingExportTests
{
    [Fact]
    public async Task Events_stand_in_the_order_in_which_the_journal_has_them_whatever_their_kind()
    {
        using var journal = new JournalOfRun();
        journal.Append(JournalRecord.Json(RecordKind.Fit, "ch-1", JournalOfRun.Run, JournalOfRun.Origin + 1, JournalOfRun.Utc, new JsonObject { ["r_bulk_ohm"] = 1 }));
        journal.Append(JournalRecord.Json(RecordKind.Gap, "ch-1", JournalOfRun.Run, JournalOfRun.Origin + 9, JournalOfRun.Utc.AddSeconds(9), new JsonObject
        {
            ["cause"] = "buffer_full", ["from"] = 3, ["to"] = 5, ["channels"] = new JsonObject { ["ch-1"] = 2, ["ch-2"] = 1 },
        }));
        journal.Decide(5, "running", 1, new SessionTicked(1)); // Its clock stands behind the one before it: the order is that of the journal.
        journal.Append(JournalRecord.RunEnded("ch-1", JournalOfRun.Run, JournalOfRun.Origin + 60, JournalOfRun.Utc.AddSeconds(60), "completed"));
        var (_, metadata) = await journal.Export(ExportFormat.Recording);
        var lines = File.ReadLines(journal.At("out/events.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([0, 0, 9, 5, 60], lines.Select(line => line["time_s"]!.GetValue<double>()));
        Assert.Equal(["run_started", null, "gap", null, "run_ended"], lines.Select(line => (string?)line["kind"]));
        Assert.Equal(["start_ordered", "session_ticked"], lines.Where(line => line["event"] is not null).Select(line => line["event"]!["type"]!.ToString()));
        Assert.Equal(("completed", "2026-11-25T00:00:30.5000000Z"), (lines[^1]["reason"]!.ToString(), lines[^1]["utc"]!.ToString()));
        Assert.Null(lines[0]["facts"]);
        Assert.Equal(3, metadata["journal_rows_shed"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_row_whose_checksum_does_not_hold_is_missing_and_counted()
    {
        using var journal = new JournalOfRun();
        journal.Sampled(new Core.Evidence.Sample(1, 0.0123456789, 0.5, 30, 5, 0));
        journal.Sampled(new Core.Evidence.Sample(2, 0.5, 0.5, 30, 5, 0));
        journal.Flip(BitConverter.GetBytes(0.0123456789));
        var (result, metadata) = await journal.Export(ExportFormat.Recording, "damaged");
        Assert.Equal(1, result.Counts.Samples);
        Assert.Equal(1, metadata["journal_rows_damaged"]!.GetValue<int>());
    }
}

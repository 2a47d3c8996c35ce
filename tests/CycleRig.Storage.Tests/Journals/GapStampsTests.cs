using System.Text.Json.Nodes;
using CsCheck;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

public sealed class GapStampsTests
{
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a row is an event, of which of two channels, how long after the one before, and how old what it tells of is.</summary>
    private static readonly Gen<(bool IsEvent, bool IsSecond, int Milliseconds, int Age)> Step =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[1, 500], Gen.Int[0, 20_000]);

    /// <summary>A database tells order by stamps: a gap may share a tick with the event behind it (its point stands before it), and no more.</summary>
    [Fact]
    public void Gaps_of_what_was_shed_stand_between_the_events_of_their_channel() => Step.List[1, 60].Sample(
        steps =>
        {
            using var folder = new TemporaryFolder();
            using var journal = Journal.Open(folder.Path, JournalOptions.Default with { BufferBytesMax = 1, ReserveBytes = 0 });
            var now = Utc;
            foreach (var (isEvent, isSecond, milliseconds, age) in steps)
            {
                now = now.AddMilliseconds(milliseconds);
                journal.Append(JournalRecord.Json(
                    isEvent ? RecordKind.Decision : RecordKind.Fit, isSecond ? "ch-2" : "ch-1", null, 0, isEvent ? now : now.AddMilliseconds(-age), new JsonObject()));
                if (milliseconds % 7 == 0)
                    journal.Flush();
            }

            journal.Flush();
            foreach (var channel in journal.ReadFrom(0, 1000).GroupBy(row => row.Record.Channel))
            {
                var rows = channel.ToList();
                for (var i = 1; i < rows.Count; i++)
                {
                    var (before, row) = (rows[i - 1].Record, rows[i].Record);
                    Assert.True(
                        row.Utc > before.Utc || (row.Utc == before.Utc && before.Kind == RecordKind.Gap && row.Kind != RecordKind.Gap),
                        $"{channel.Key}: row {rows[i].Seq} ({row.Kind}) at {row.Utc:O} after {before.Kind} at {before.Utc:O}");
                }
            }
        },
        iter: 60);
}

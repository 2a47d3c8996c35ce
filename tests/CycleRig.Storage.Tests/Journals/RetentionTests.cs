using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

/// <summary>Volumes leave when their runs are closed, they are old enough and the configured readers have acknowledged them; nobody else keeps them.</summary>
public sealed class RetentionTests : IDisposable
{
    private static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = Utc + TimeSpan.FromDays(2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_readers_age_alone_decides_and_a_forgotten_publish_cursor_keeps_nothing()
    {
        using var journal = Filled([]);
        journal.SetCursor("gone", CursorKind.Publish, 1);
        journal.SetCursor("gone", CursorKind.Durable, 1);
        Assert.Equal(0, journal.Retire(Utc));
        Assert.Equal(4, journal.Retire(Late));
    }

    [Fact]
    public void A_configured_reader_keeps_what_it_has_not_acknowledged_whatever_it_was_handed()
    {
        using var journal = Filled(["mqtt", "influx"]);
        journal.SetCursor("mqtt", CursorKind.Durable, 5);
        journal.SetCursor("influx", CursorKind.Publish, 5);
        journal.SetCursor("influx", CursorKind.Durable, 0);
        Assert.Equal(0, journal.Retire(Late));
        journal.SetCursor("influx", CursorKind.Durable, 2);
        Assert.Equal(2, journal.Retire(Late));
        Assert.Equal(3, journal.ReadFrom(0, 1)[0].Seq);
        journal.SetCursor("influx", CursorKind.Durable, 5);
        Assert.Equal(2, journal.Retire(Late));
        Assert.Equal(5, Assert.Single(journal.ReadFrom(0, 100)).Seq);
    }

    [Fact]
    public void A_configured_reader_that_acknowledges_nothing_ever_goes_by_what_it_was_handed()
    {
        using var journal = Filled(["mqtt"]);
        Assert.Equal(0, journal.Retire(Late));
        journal.SetCursor("mqtt", CursorKind.Publish, 3);
        Assert.Equal(3, journal.Retire(Late));
    }

    [Fact]
    public void What_left_stays_away_and_the_journal_is_whole_when_it_is_opened_again()
    {
        using (var journal = Filled([]))
            Assert.Equal(4, journal.Retire(Late));
        using var again = Journal.Open(_folder.Path, new() { ReserveBytes = 0 });
        Assert.Equal((null, 5), (again.OpenReport.Damage, again.OpenReport.LastSeq));
        Assert.Single(Directory.GetFiles(_folder.Path, "journal-*.sqlite"));
    }

    /// <summary>Five rows in five volumes.</summary>
    private Journal Filled(string[] readers)
    {
        var journal = Journal.Open(_folder.Path, new() { VolumeBytesMax = 1, Readers = [.. readers], KeepAtLeast = TimeSpan.FromDays(1), ReserveBytes = 0 });
        for (var n = 1; n <= 5; n++)
        {
            journal.Append(JournalRecord.Json(RecordKind.Event, "ch-1", null, n, Utc, new JsonObject { ["type"] = "test", ["n"] = n }));
            journal.Flush();
        }

        return journal;
    }
}

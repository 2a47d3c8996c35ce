using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

public sealed class JournalBackupTests : IDisposable
{
    private static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _copy = new();

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task A_backup_has_no_hole_though_new_volumes_begin_meanwhile()
    {
        using var journal = Journal.Open(_folder.Path, new() { VolumeBytesMax = 1, ReserveBytes = 0 });
        Write(journal, 20);
        journal.SetCursor("mqtt", CursorKind.Durable, 20);
        var isDone = false;
        var writing = Task.Run(() =>
        {
            while (!Volatile.Read(ref isDone) && journal.DurableSeq < 400)
                Write(journal, 1);
        }, TestContext.Current.CancellationToken);
        var report = JournalBackup.Write(_folder.Path, _copy.Path, TestContext.Current.CancellationToken);
        Volatile.Write(ref isDone, true);
        await writing;
        Assert.Empty(report.Damages);
        Assert.InRange(report.LastSeq, 20, journal.DurableSeq);
        using var restored = Journal.Open(_copy.Path, new() { ReserveBytes = 0 });
        var rows = restored.ReadFrom(0, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, (int)report.LastSeq + 1).Select(n => (long)n), rows.Select(row => row.Seq));
        Assert.Equal((2, RecordKind.Gap), (restored.Epoch, rows[^1].Record.Kind));
        Assert.Equal(20, restored.GetCursor("mqtt", CursorKind.Durable));
    }

    [Fact]
    public void Damage_in_the_original_is_found_in_the_copy()
    {
        using (var journal = Journal.Open(_folder.Path, new() { VolumeBytesMax = 1, ReserveBytes = 0 }))
            Write(journal, 3);
        var middle = VolumeFile.List(_folder.Path)[1].Path;
        var bytes = File.ReadAllBytes(middle);
        bytes[bytes.AsSpan().IndexOf("\"n\":2"u8) + 4] ^= 1;
        File.WriteAllBytes(middle, bytes);
        var report = JournalBackup.Write(_folder.Path, _copy.Path, TestContext.Current.CancellationToken);
        Assert.Contains("row 2 fails its checksum", Assert.Single(report.Damages), StringComparison.Ordinal);
        Assert.Equal((3, 3), (report.Volumes, report.LastSeq));
    }

    private static void Write(Journal journal, int rows)
    {
        for (; rows > 0; rows--)
        {
            var n = journal.DurableSeq + 1;
            journal.Append(JournalRecord.Json(RecordKind.Event, "ch-1", null, n, Utc, new JsonObject { ["type"] = "test", ["n"] = n }));
            journal.Flush();
        }
    }
}

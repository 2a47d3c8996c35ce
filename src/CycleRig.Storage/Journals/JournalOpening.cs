using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>Opening: find the newest volume, check it, set it aside when damaged, begin a new epoch where the old one cannot go on.</summary>
internal sealed record JournalOpening(CursorFile Cursors, VolumeWriter Volume, JournalReader Reader, JournalOpenReport Report)
{
    private const long NumbersSkippedAtLeast = 1_000_000;
    private const long RowBytesMin = 50; // Its fixed columns and indices alone.

    public static JournalOpening Of(string directory, JournalOptions options, TimeProvider time)
    {
        VolumeFile.DeleteUnborn(directory);
        var volumes = VolumeFile.List(directory);
        var aside = VolumeFile.EpochAfterQuarantine(directory);
        var isFresh = volumes.Count == 0 && aside == 0;
        var damage = isFresh ? null : JournalOrigin.Difference(directory);
        if (isFresh)
            JournalOrigin.Mark(directory); // First: a volume without it would pass for a copy.
        var epoch = volumes.Select(volume => volume.Epoch).Append(aside - 1).Max();
        var cursors = Cursor(directory, epoch + 1, ref damage);
        try
        {
            if (isFresh && damage is null)
                return Finish(directory, cursors, new(VolumeFile.In(directory, 1, 1), options), new(1, true, null, 0, []));
            var last = 0L;
            var isTailLost = aside > epoch;
            if (volumes.Count > 0)
            {
                var check = VolumeCheck.Of(volumes[^1], options.RowsCheckedAtOpen);
                last = check.LastSeq;
                isTailLost |= check.Damage is not null;
                if (check.Damage is not null)
                    volumes[^1].Quarantine(epoch + 1);
                damage ??= check.Damage ?? Boundary(volumes);
            }

            if (aside > epoch)
                damage ??= $"files were set aside for epoch {aside}, which has not begun";
            if (damage is null && cursors.Highest > last)
                damage = $"rows {last + 1} to {cursors.Highest} are missing: readers had them";
            if (damage is null)
            {
                var untold = Untold(volumes[^1]);
                return Finish(directory, cursors, new(volumes[^1], options), new(epoch, untold is not null, untold, last, []));
            }

            var surviving = VolumeFile.List(directory) is [.., var newest] ? VolumeCheck.Of(newest, 0).LastSeq : 0;
            var known = Math.Max(last, cursors.Highest);
            isTailLost |= known > surviving || surviving == 0;
            var first = isTailLost ? known + Math.Max(NumbersSkippedAtLeast, options.VolumeBytesMax / RowBytesMin) : surviving + 1;
            return NewEpoch(directory, options, cursors, time, VolumeFile.In(directory, epoch + 1, first), damage, surviving);
        }
        catch
        {
            cursors.Dispose();
            throw;
        }
    }

    /// <summary>A lost tail's numbers are not given again: what is skipped is more than a volume holds, and the gap record names it.</summary>
    private static JournalOpening NewEpoch(
        string directory, JournalOptions options, CursorFile cursors, TimeProvider time, VolumeFile file, string damage, long surviving)
    {
        var body = new JsonObject { ["cause"] = "epoch", ["detail"] = damage, ["from"] = surviving + 1, ["to"] = file.FirstSeq - 1 };
        var gap = new JournalRow(file.FirstSeq, file.Epoch, JournalRecord.Json(RecordKind.Gap, "rig", null, 0, time.GetUtcNow(), body));
        var writer = new VolumeWriter(file, options, gap);
        try
        {
            JournalOrigin.Mark(directory); // Last: a start that is cut off before finds the same damage again.
        }
        catch
        {
            writer.Dispose();
            throw;
        }

        return Finish(directory, cursors, writer, new(file.Epoch, true, damage, file.FirstSeq, []));
    }

    private static JournalOpening Finish(string directory, CursorFile cursors, VolumeWriter writer, JournalOpenReport report)
    {
        var reader = JournalReader.Open(directory);
        return new(cursors, writer, reader, report with { OpenRuns = [.. reader.Runs().Where(run => run.IsOpen)] });
    }

    /// <summary>The newest volume begins where the one before it ends, unless it begins an epoch.</summary>
    private static string? Boundary(List<VolumeFile> volumes)
    {
        if (volumes.Count < 2 || volumes[^1].Epoch != volumes[^2].Epoch)
            return null;
        var before = VolumeCheck.LastSeqOf(volumes[^2]);
        return before + 1 == volumes[^1].FirstSeq ? null : $"numbers {before + 1} to {volumes[^1].FirstSeq - 1} are missing";
    }

    /// <summary>What began the newest epoch, while nothing else stands there: who should have halted the open runs had no time to.</summary>
    private static string? Untold(VolumeFile newest)
    {
        using var connection = newest.Open(SqliteOpenMode.ReadOnly);
        return VolumeReader.Range(connection, 0, long.MaxValue, 2) is [{ Record: { Kind: RecordKind.Gap } only }]
            && only.DecodeJson() is var gap && gap["cause"]?.GetValue<string>() == "epoch"
            ? gap["detail"]?.GetValue<string>()
            : null;
    }

    private static CursorFile Cursor(string directory, int newEpoch, ref string? damage)
    {
        try
        {
            return new(directory);
        }
        catch (SqliteException unreadable) when (unreadable.SqliteErrorCode is SqliteCalls.Corrupt or SqliteCalls.NotADatabase)
        {
            // Readers start over: points are idempotent. The log goes with its file: it would be played into the new one.
            new VolumeFile(CursorFile.In(directory), 0, 0).Quarantine(newEpoch);
            damage ??= $"cursors.sqlite: {unreadable.Message}";
            return new(directory);
        }
    }
}

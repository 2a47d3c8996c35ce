using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>Opening: find the newest volume, check it, set it aside when damaged, begin a new epoch where the old one cannot go on.</summary>
internal sealed record JournalOpening(CursorFile Cursors, VolumeWriter Volume, JournalReader Reader, JournalOpenReport Report)
{
    private const long NumbersSkippedAfterDamage = 1_000_000; // More than a lost tail can hold; the gap record names them.

    public static JournalOpening Of(string directory, JournalOptions options, TimeProvider time)
    {
        var volumes = VolumeFile.List(directory);
        var damage = volumes.Count == 0 ? null : JournalOrigin.Difference(directory);
        JournalOrigin.Mark(directory, volumes.Count == 0 || damage is not null);
        var cursors = Cursor(directory, ref damage);
        try
        {
            if (volumes.Count == 0 && damage is null)
                return Finish(directory, cursors, new(VolumeFile.In(directory, 1, 1), options), new(1, true, null, 0, []));
            var epoch = volumes.Count == 0 ? 0 : volumes.Max(volume => volume.Epoch);
            var last = 0L;
            if (volumes.Count > 0)
            {
                var check = VolumeCheck.Of(volumes[^1], options.RowsCheckedAtOpen);
                last = check.LastSeq;
                if (check.Damage is not null)
                    volumes[^1].Quarantine(epoch + 1);
                damage ??= check.Damage ?? Boundary(volumes, options);
            }

            if (damage is null && cursors.Highest > last)
                damage = $"rows {last + 1} to {cursors.Highest} are missing: readers had them";
            if (damage is null)
                return Finish(directory, cursors, new(volumes[^1], options), new(epoch, false, null, last, []));
            var surviving = VolumeFile.List(directory) is [.., var newest] ? VolumeCheck.Of(newest, 0).LastSeq : 0;
            return NewEpoch(directory, options, cursors, time, epoch + 1, damage, surviving, Math.Max(last, cursors.Highest));
        }
        catch
        {
            cursors.Dispose();
            throw;
        }
    }

    private static JournalOpening NewEpoch(
        string directory, JournalOptions options, CursorFile cursors, TimeProvider time, int epoch, string damage, long surviving, long known)
    {
        var first = known > surviving || surviving == 0 ? known + NumbersSkippedAfterDamage : surviving + 1;
        var writer = new VolumeWriter(VolumeFile.In(directory, epoch, first), options);
        var body = new JsonObject { ["cause"] = "epoch", ["detail"] = damage, ["from"] = surviving + 1, ["to"] = first - 1 };
        writer.Write([new(first, epoch, JournalRecord.Json(RecordKind.Gap, "rig", null, 0, time.GetUtcNow(), body))]);
        return Finish(directory, cursors, writer, new(epoch, true, damage, first, []));
    }

    private static JournalOpening Finish(string directory, CursorFile cursors, VolumeWriter writer, JournalOpenReport report)
    {
        var reader = JournalReader.Open(directory);
        return new(cursors, writer, reader, report with { OpenRuns = [.. reader.Runs().Where(run => run.IsOpen)] });
    }

    /// <summary>The newest volume begins where the one before it ends, unless it begins an epoch.</summary>
    private static string? Boundary(List<VolumeFile> volumes, JournalOptions options)
    {
        if (volumes.Count < 2 || volumes[^1].Epoch != volumes[^2].Epoch)
            return null;
        var before = VolumeCheck.Of(volumes[^2], Math.Min(options.RowsCheckedAtOpen, 100)).LastSeq;
        return before + 1 == volumes[^1].FirstSeq ? null : $"numbers {before + 1} to {volumes[^1].FirstSeq - 1} are missing";
    }

    private static CursorFile Cursor(string directory, ref string? damage)
    {
        try
        {
            return new(directory);
        }
        catch (SqliteException unreadable) when (unreadable.SqliteErrorCode is SqliteCalls.Corrupt or SqliteCalls.NotADatabase)
        {
            // Readers start over: points are idempotent.
            var path = Path.Combine(directory, "cursors.sqlite");
            File.Move(path, path + ".damaged", overwrite: true);
            damage ??= string.Create(CultureInfo.InvariantCulture, $"cursors.sqlite: {unreadable.Message}");
            return new(directory);
        }
    }
}

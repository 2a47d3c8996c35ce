using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>What a volume holds and whether it is whole: pages, numbers without a hole, checksums of the newest rows.</summary>
/// <param name="LastSeq">Newest number it covers; the number before its first while it is empty.</param>
/// <param name="Damage">What is wrong, or null.</param>
internal sealed record VolumeCheck(long LastSeq, string? Damage)
{
    public static VolumeCheck Of(VolumeFile volume, int rowsChecked)
    {
        var last = volume.FirstSeq - 1;
        try
        {
            using var connection = volume.Open(SqliteOpenMode.ReadWrite);
            if (connection.Scalar<long>("SELECT count(*) FROM sqlite_master") == 0)
                return new(last, $"{Path.GetFileName(volume.Path)}: it has no tables");
            if (connection.Scalar<long>("PRAGMA user_version") > VolumeFile.Format)
                throw new JournalException($"{volume.Path} was written by a newer build. Nothing was changed. Use that build.");
            last = connection.Scalar<long?>("SELECT max(seq) FROM records") ?? last;
            if (connection.Scalar<string>("PRAGMA quick_check(1)") is var verdict && verdict != "ok")
                return new(last, $"{Path.GetFileName(volume.Path)}: {verdict}");
            foreach (var row in VolumeReader.Newest(connection, rowsChecked))
            {
                if (row.Epoch == 0)
                    return new(last, $"{Path.GetFileName(volume.Path)}: row {row.Seq} fails its checksum");
            }

            return Numbers(volume, connection, last);
        }
        catch (SqliteException unreadable) when (unreadable.IsUnreadable())
        {
            return new(last, $"{Path.GetFileName(volume.Path)}: {unreadable.Message}");
        }
        catch (System.Text.Json.JsonException unreadable)
        {
            return new(last, $"{Path.GetFileName(volume.Path)}: a gap record cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Newest number that a volume covers, looking at nothing else; the number before its first where that cannot be read.</summary>
    public static long LastSeqOf(VolumeFile volume)
    {
        try
        {
            using var connection = volume.Open(SqliteOpenMode.ReadOnly);
            return Last(connection) ?? volume.FirstSeq - 1;
        }
        catch (SqliteException unreadable) when (unreadable.IsUnreadable())
        {
            return volume.FirstSeq - 1;
        }
    }

    private static long? Last(SqliteConnection connection) =>
        VolumeReader.Newest(connection, 1).FirstOrDefault() is not { } newest ? null : newest.Epoch == 0 ? newest.Seq : NumberHoles.CoveredUpTo(newest);

    /// <summary>Numbers run on without a hole, but for those that a gap record of a full buffer covers.</summary>
    private static VolumeCheck Numbers(VolumeFile volume, SqliteConnection connection, long last)
    {
        // As many rows as numbers: no hole, and nothing to look for one by one in a volume of millions.
        if (connection.Scalar<long>("SELECT count(*) FROM records") == last - volume.FirstSeq + 1)
            return new(Last(connection) ?? last, null);
        var expected = volume.FirstSeq;
        using var command = connection.Prepare("SELECT seq, CASE kind WHEN 'gap' THEN payload END FROM records ORDER BY seq");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var seq = reader.GetInt64(0);
            if (seq != expected)
                return new(last, $"{Path.GetFileName(volume.Path)}: numbers {expected} to {seq - 1} are missing");
            var covered = reader.IsDBNull(1) ? seq : System.Text.Json.Nodes.JsonNode.Parse((byte[])reader[1])?["to"]?.GetValue<long>() ?? seq;
            expected = Math.Max(seq, covered) + 1;
        }

        return new(expected - 1, null);
    }
}

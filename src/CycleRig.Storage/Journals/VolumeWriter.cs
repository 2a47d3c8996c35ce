using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>The one connection that writes to the newest volume: write-ahead log, synchronous=FULL.</summary>
internal sealed class VolumeWriter : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS records(
            seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, channel TEXT NOT NULL, run BLOB, kind TEXT NOT NULL, version INTEGER NOT NULL,
            utc_ns INTEGER NOT NULL, time_s REAL NOT NULL, payload BLOB NOT NULL, crc32c INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS by_run ON records(run, kind, seq) WHERE run IS NOT NULL;
        CREATE INDEX IF NOT EXISTS checkpoints ON records(channel, seq) WHERE kind = 'checkpoint';
        CREATE INDEX IF NOT EXISTS run_marks ON records(seq) WHERE kind IN ('run_started', 'run_ended');
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    /// <summary>Opens a volume, or makes it.</summary>
    /// <param name="file">Which.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="opening">First row of a volume that is made: it is there from the beginning, or the volume is not.</param>
    public VolumeWriter(VolumeFile file, JournalOptions options, JournalRow? opening = null)
    {
        File = file;
        if (!System.IO.File.Exists(file.Path))
            Make(file, opening);
        _connection = file.Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            _connection.Execute("PRAGMA journal_mode=WAL");
            _connection.Execute("PRAGMA synchronous=FULL");
            if (options.PagesMax is { } pagesMax)
                _connection.Execute($"PRAGMA max_page_count={pagesMax}");
            FirstNanoseconds = _connection.Scalar<long?>("SELECT utc_ns FROM records ORDER BY seq LIMIT 1");
            file.SyncFolder(); // SQLite does so for a log that it made; this one may be of a reader that came before.
            _insert = PrepareInsert(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public VolumeFile File { get; }

    /// <summary>A volume appears with its tables or not at all: readers look for files.</summary>
    private static void Make(VolumeFile file, JournalRow? opening)
    {
        var unborn = file.BeforeBirth;
        unborn.Delete();
        using (var connection = unborn.Open(SqliteOpenMode.ReadWriteCreate))
        {
            connection.Execute(Schema);
            connection.Execute($"PRAGMA user_version={VolumeFile.Format}");
            if (opening is not null)
            {
                using var insert = PrepareInsert(connection);
                Insert(insert, opening);
            }

            connection.Execute("PRAGMA journal_mode=WAL"); // Here: a log to roll back would keep readers out.
        }

        System.IO.File.Move(unborn.Path, file.Path);
        file.SyncFolder();
    }

    /// <summary>Wall clock of the first row, ns since 1970, or null while empty.</summary>
    public long? FirstNanoseconds { get; private set; }

    public long Bytes =>
        _connection.Scalar<long>("PRAGMA page_count") * _connection.Scalar<long>("PRAGMA page_size");

    /// <summary>Writes rows in one transaction; they are durable when it returns.</summary>
    public void Write(IEnumerable<JournalRow> rows)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        long? first = null;
        foreach (var row in rows)
        {
            first ??= JournalRow.Nanoseconds(row.Record.Utc);
            Insert(_insert, row);
        }

        transaction.Commit();
        FirstNanoseconds ??= first;
    }

    private static SqliteCommand PrepareInsert(SqliteConnection connection)
    {
        var insert = connection.Prepare(
            "INSERT INTO records VALUES($seq, $epoch, $channel, $run, $kind, $version, $utc_ns, $time_s, $payload, $crc32c)");
        foreach (var (name, type) in ((string, SqliteType)[])
            [("$seq", SqliteType.Integer), ("$epoch", SqliteType.Integer), ("$channel", SqliteType.Text), ("$run", SqliteType.Blob),
            ("$kind", SqliteType.Text), ("$version", SqliteType.Integer), ("$utc_ns", SqliteType.Integer), ("$time_s", SqliteType.Real),
            ("$payload", SqliteType.Blob), ("$crc32c", SqliteType.Integer)])
            insert.Parameters.Add(name, type);
        return insert;
    }

    private static void Insert(SqliteCommand insert, JournalRow row)
    {
        var record = row.Record;
        var values = insert.Parameters;
        values[0].Value = row.Seq;
        values[1].Value = row.Epoch;
        values[2].Value = record.Channel;
        values[3].Value = record.Run is { } run ? run.ToByteArray(bigEndian: true) : DBNull.Value;
        values[4].Value = record.Kind.Name();
        values[5].Value = record.Version;
        values[6].Value = JournalRow.Nanoseconds(record.Utc);
        values[7].Value = record.TimeSeconds;
        values[8].Value = record.Payload.ToArray();
        values[9].Value = (long)row.Checksum();
        insert.ExecuteNonQuery();
    }

    /// <summary>Folds what it can of the log into the file, waiting for no reader; the last one to close does the rest.</summary>
    public void Seal() => _connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>One SQLite file of the journal.</summary>
internal sealed class JournalVolume : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS rows(
            seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, channel TEXT NOT NULL, run BLOB, kind TEXT NOT NULL, version INTEGER NOT NULL,
            utc_ns INTEGER NOT NULL, time_s REAL NOT NULL, payload BLOB NOT NULL, crc32c INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS rows_by_run ON rows(run, kind, seq);
        CREATE INDEX IF NOT EXISTS rows_by_kind ON rows(kind, channel, seq) WHERE kind NOT IN ('sample', 'spectrum', 'fit', 'event');
        """;

    private readonly SqliteConnection _connection;

    private JournalVolume(string path, SqliteConnection connection) => (Path, _connection) = (path, connection);

    public string Path { get; }

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"journal-{number:D6}.db");

    /// <summary>Volumes of a folder, oldest first.</summary>
    public static string[] In(string directory) =>
        Directory.Exists(directory) ? [.. Directory.GetFiles(directory, "journal-*.db").Order(StringComparer.Ordinal)] : [];

    public static JournalVolume Open(string path, bool writable, long? pagesMax)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Pooling = false, Mode = writable ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly, DefaultTimeout = 10,
        }.ToString());
        connection.Open();
        var volume = new JournalVolume(path, connection);
        if (!writable)
            return volume;
        volume.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        volume.Execute(Schema);
        if (pagesMax is { } pages)
            volume.Execute($"PRAGMA max_page_count={pages};");
        return volume;
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>What is wrong with the file, or null.</summary>
    public string? Damage(int rowsChecked)
    {
        try
        {
            var check = Scalar<string>("PRAGMA quick_check(1);");
            if (check != "ok")
                return $"quick_check: {check}";
            var wrong = ReadWhere("1=1", descending: true, rowsChecked, _ => { }, checkOnly: true).FirstOrDefault();
            return wrong is null ? null : $"row {wrong.Seq} does not match its checksum";
        }
        catch (SqliteException unreadable)
        {
            return unreadable.Message;
        }
        catch (FormatException unreadable)
        {
            return unreadable.Message;
        }
    }

    public long LastSeq => Scalar<long?>("SELECT max(seq) FROM rows;") ?? 0;

    public int LastEpoch => (int)(Scalar<long?>("SELECT max(epoch) FROM rows;") ?? 0);

    public long? FirstUtcNanoseconds => Scalar<long?>("SELECT min(utc_ns) FROM rows WHERE seq = (SELECT min(seq) FROM rows);");

    public long Bytes => new FileInfo(Path).Length;

    public void Append(IReadOnlyList<JournalRow> rows)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO rows VALUES($seq,$epoch,$channel,$run,$kind,$version,$utc,$time,$payload,$crc);";
        string[] names = ["$seq", "$epoch", "$channel", "$run", "$kind", "$version", "$utc", "$time", "$payload", "$crc"];
        var parameters = names.Select(name => insert.Parameters.Add(new SqliteParameter { ParameterName = name })).ToArray();
        foreach (var row in rows)
        {
            var record = row.Record;
            object[] values =
            [
                row.Seq, row.Epoch, record.Channel, record.Run is { } run ? run.ToByteArray(bigEndian: true) : DBNull.Value, record.Kind.Name(),
                record.Version, JournalRow.Nanoseconds(record.Utc), record.TimeSeconds, record.Payload.ToArray(), (long)row.Checksum(),
            ];
            for (var i = 0; i < values.Length; i++)
                parameters[i].Value = values[i];
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Rows that meet a condition, in order; each is checked against its checksum.</summary>
    /// <param name="condition">SQL over the columns.</param>
    /// <param name="descending">Newest first.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="bind">Binds the condition's parameters.</param>
    /// <param name="checkOnly">Gives only rows that do not match their checksum.</param>
    public List<JournalRow> ReadWhere(string condition, bool descending, int limit, Action<SqliteParameterCollection> bind, bool checkOnly = false)
    {
        using var select = _connection.CreateCommand();
        select.CommandText =
            $"SELECT seq,epoch,channel,run,kind,version,utc_ns,time_s,payload,crc32c FROM rows WHERE {condition} ORDER BY seq {(descending ? "DESC" : "ASC")} LIMIT $limit;";
        bind(select.Parameters);
        select.Parameters.AddWithValue("$limit", limit);
        using var reader = select.ExecuteReader();
        var rows = new List<JournalRow>();
        while (reader.Read())
        {
            if (!RecordKinds.TryParse(reader.GetString(4), out var kind))
                continue; // Of a newer build: not ours to judge.
            var record = new JournalRecord(
                reader.GetString(2), reader.IsDBNull(3) ? null : new Guid((byte[])reader[3], bigEndian: true), kind, reader.GetInt32(5),
                reader.GetDouble(7), JournalRow.FromNanoseconds(reader.GetInt64(6)), (byte[])reader[8]);
            var row = new JournalRow(reader.GetInt64(0), reader.GetInt32(1), record);
            var right = row.Checksum() == reader.GetInt64(9);
            if (!checkOnly && !right)
                throw new JournalException($"{Path}: row {row.Seq} does not match its checksum; keep the file and restart the host, which sets it aside");
            if (checkOnly != right)
                rows.Add(row);
        }

        return rows;
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private T? Scalar<T>(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? (T)value : default;
    }
}

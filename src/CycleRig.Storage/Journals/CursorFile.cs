using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>How far each reader has come, durable. Cursors of kind durable never go down.</summary>
internal sealed class CursorFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    public CursorFile(string directory)
    {
        _connection = new VolumeFile(In(directory), 0, 0).Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            _connection.Execute("PRAGMA journal_mode=WAL");
            _connection.Execute("PRAGMA synchronous=FULL");
            _connection.Execute(
                "CREATE TABLE IF NOT EXISTS cursors(name TEXT, kind TEXT, seq INTEGER NOT NULL, PRIMARY KEY(name, kind)) WITHOUT ROWID");
            FolderSync.Flush(directory); // The log may have been there before: then SQLite does not make its name durable.
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public static string In(string directory) => Path.Combine(directory, "cursors.sqlite");

    public long Highest
    {
        get
        {
            lock (_gate)
                return _connection.Scalar<long?>("SELECT max(seq) FROM cursors") ?? 0;
        }
    }

    public long Get(string name, CursorKind kind) => Find(name, kind) ?? 0;

    public void Set(string name, CursorKind kind, long seq)
    {
        lock (_gate)
        {
            using var command = _connection.Prepare(
                """
                INSERT INTO cursors VALUES($name, $kind, $seq)
                ON CONFLICT DO UPDATE SET seq = CASE kind WHEN 'durable' THEN max(seq, $seq) ELSE $seq END
                """,
                ("$name", name), ("$kind", Name(kind)), ("$seq", seq));
            command.ExecuteNonQuery();
        }
    }

    /// <summary>
    /// The sequence number that every reader of the list has passed; without readers there is no bound. One that acknowledges goes by its durable
    /// cursor, one that has never set that by its publish cursor. Cursors of others keep nothing.
    /// </summary>
    public long Lowest(IEnumerable<string> readers) => readers
        .Select(reader => Find(reader, CursorKind.Durable) ?? Get(reader, CursorKind.Publish)).DefaultIfEmpty(long.MaxValue).Min();

    private long? Find(string name, CursorKind kind)
    {
        lock (_gate)
        {
            using var command = _connection.Prepare(
                "SELECT seq FROM cursors WHERE name = $name AND kind = $kind", ("$name", name), ("$kind", Name(kind)));
            return command.ExecuteScalar() as long?;
        }
    }

    private static string Name(CursorKind kind) => kind is CursorKind.Durable ? "durable" : "publish";

    public void Dispose() => _connection.Dispose();
}

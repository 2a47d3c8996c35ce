using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>Short forms of the calls that every file of the journal makes.</summary>
internal static class SqliteCalls
{
    public const int Unspecific = 1; // A header or a schema that makes no sense.
    public const int ReadOnlyFile = 8;
    public const int InputOutput = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;
    private const int NoRoomForIndex = 4874; // SQLITE_IOERR_SHMSIZE
    private const int CannotRead = 266; // SQLITE_IOERR_READ
    private const int ShortRead = 522; // SQLITE_IOERR_SHORT_READ
    private const int CorruptFileSystem = 8458; // SQLITE_IOERR_CORRUPTFS

    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        command.ExecuteNonQuery();
    }

    public static T? Scalar<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        return command.ExecuteScalar() is T value ? value : default;
    }

    /// <summary>A command whose text is one of ours; values come as parameters.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Whether a file's content is to blame. A full disk, a lock or too little memory is no reason to set a volume aside.</summary>
    public static bool IsUnreadable(this SqliteException failure) =>
        failure.SqliteErrorCode is Corrupt or NotADatabase or Unspecific || failure.SqliteExtendedErrorCode is CannotRead or ShortRead or CorruptFileSystem;

    public static bool IsFull(this SqliteException failure) => failure.SqliteErrorCode == Full || failure.SqliteExtendedErrorCode == NoRoomForIndex;

    public static bool IsDamage(this SqliteException failure) => !failure.IsFull() &&
        failure.SqliteErrorCode is InputOutput or Corrupt or NotADatabase or Unspecific or ReadOnlyFile or CannotOpen;
}

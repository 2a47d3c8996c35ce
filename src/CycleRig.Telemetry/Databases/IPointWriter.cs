namespace CycleRig.Telemetry.Databases;

/// <summary>A database that takes points in line protocol.</summary>
public interface IPointWriter
{
    /// <summary>Writes lines; tries again by itself while the database is away, busy or refuses the client as a whole.</summary>
    /// <param name="lines">Points, UTF-8, a line each.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<WriteAnswer> Write(ReadOnlyMemory<byte> lines, CancellationToken cancellation);
}

/// <summary>What became of lines.</summary>
/// <param name="Refusal">Why the database will never take them as they are, or null: they are written. Some of them may be written all the same.</param>
public sealed record WriteAnswer(string? Refusal)
{
    /// <summary>All are written.</summary>
    public static WriteAnswer Written { get; } = new((string?)null);
}

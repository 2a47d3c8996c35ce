namespace CycleRig.Storage.Journals;

/// <summary>The journal cannot do what was asked; the message says what happened, where and what to do.</summary>
public class JournalException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process holds the journal.</summary>
/// <param name="directory">The journal.</param>
/// <param name="holder">Process id of the holder, or null when it could not be read.</param>
public sealed class JournalLockedException(string directory, int? holder) : JournalException(
    $"{directory} is in use by {(holder is { } id ? $"process {id}" : "another process")}. Nothing was opened. "
    + "Use that process, end it, or give another --data directory.")
{
    public int? HolderProcessId { get; } = holder;
}

/// <summary>What was appended could not be made durable. It is kept in memory; nothing may be armed until a later flush succeeds.</summary>
public class JournalWriteException(string message, Exception? inner = null) : JournalException(message, inner);

/// <summary>
/// The disk is full and the reserve given up: safety records are durable, telemetry is gap records. Nothing may be armed until a later flush
/// succeeds, which it does when room has returned.
/// </summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="durableSeq">Highest number that is durable all the same.</param>
public sealed class JournalFullException(string message, long durableSeq) : JournalWriteException(message)
{
    public long DurableSeq { get; } = durableSeq;
}

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
public sealed class JournalWriteException(string message, Exception inner) : JournalException(message, inner);

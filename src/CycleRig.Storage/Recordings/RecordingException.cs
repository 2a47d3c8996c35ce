namespace CycleRig.Storage.Recordings;

/// <summary>A recording that cannot be read or written; the message has file, line and mend.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);

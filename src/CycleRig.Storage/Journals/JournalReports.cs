using System.Collections.Immutable;

namespace CycleRig.Storage.Journals;

/// <summary>What opening the journal found.</summary>
/// <param name="Epoch">Epoch in which rows are written from now on.</param>
/// <param name="IsNewEpoch">Whether it begins now: a fresh journal, or damage.</param>
/// <param name="Damage">What is wrong with what was there, or null. Open runs halt with it.</param>
/// <param name="LastSeq">Newest durable sequence number, 0 in a fresh journal.</param>
/// <param name="OpenRuns">Runs that started and did not end, oldest first.</param>
public sealed record JournalOpenReport(
    int Epoch,
    bool IsNewEpoch,
    string? Damage,
    long LastSeq,
    ImmutableArray<RunEntry> OpenRuns);

/// <summary>A run as the journal knows it.</summary>
/// <param name="Run">UUIDv7.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Cell">Its cell.</param>
/// <param name="Started">UTC at time 0 of its clock.</param>
/// <param name="StartSeq">Sequence number of its start.</param>
/// <param name="EndSeconds">When it ended on its clock, s, or null while it is open.</param>
/// <param name="EndSeq">Sequence number of its end, or null while it is open.</param>
/// <param name="EndReason">Why it ended, from the closed list, or null while it is open.</param>
public sealed record RunEntry(
    Guid Run,
    string Channel,
    string Cell,
    DateTimeOffset Started,
    long StartSeq,
    double? EndSeconds,
    long? EndSeq,
    string? EndReason)
{
    public bool IsOpen => EndSeq is null;
}

/// <summary>Which of a reader's two cursors.</summary>
public enum CursorKind
{
    /// <summary>Handed over.</summary>
    Publish,

    /// <summary>Acknowledged as durable at the other end; never goes down.</summary>
    Durable,
}

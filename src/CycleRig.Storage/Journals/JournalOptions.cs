using System.Collections.Immutable;

namespace CycleRig.Storage.Journals;

/// <summary>Bounds of the journal.</summary>
public sealed record JournalOptions
{
    public static JournalOptions Default { get; } = new();

    /// <summary>A volume this large is followed by the next one, bytes.</summary>
    public long VolumeBytesMax { get; init; } = 1L << 30;

    /// <summary>A volume this old, by its records' wall clock, is followed by the next one.</summary>
    public TimeSpan VolumeAgeMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What is not durable yet may fill this much memory, bytes; above it the oldest telemetry becomes gap records.</summary>
    public long BufferBytesMax { get; init; } = 64L << 20;

    /// <summary>How many of the newest rows are checked against their checksums when the journal opens.</summary>
    public int RowsCheckedAtOpen { get; init; } = 20_000;

    /// <summary>
    /// Readers that must have passed a volume before it may leave: by their durable cursor, or by their publish cursor if they never set the
    /// other. A reader that acknowledges sets its durable cursor to 0 when it begins. Nobody else keeps a volume.
    /// </summary>
    public ImmutableArray<string> Readers { get; init; } = [];

    /// <summary>Closed volumes stay at least this long after their newest row.</summary>
    public TimeSpan KeepAtLeast { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Room that is taken on the disk beforehand and given up when it is full, bytes; 0 for none. Made where twice as much is free.</summary>
    public long ReserveBytes { get; init; } = 64L << 20;

    /// <summary>Largest number of pages of a volume: provokes a full disk in tests.</summary>
    internal long? PagesMax { get; init; }
}

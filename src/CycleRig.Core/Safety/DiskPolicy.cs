using System.Globalization;

namespace CycleRig.Core.Safety;

/// <summary>What follows from the room on the journal's disk. A level comes at once and goes only when a fifth more than its bound is free.</summary>
/// <param name="Level">What to do about runs.</param>
/// <param name="AllowsRuns">Whether a run may begin: there is room for <see cref="RunLength"/> at the expected rate.</param>
public sealed record DiskPolicy(DiskLevel Level, bool AllowsRuns)
{
    private const double Release = 1.2;

    /// <summary>What must have room before a run begins.</summary>
    public static readonly TimeSpan RunLength = TimeSpan.FromHours(72);

    /// <summary>Before the first reading.</summary>
    public static DiskPolicy Unread { get; } = new(DiskLevel.Fine, AllowsRuns: true);

    /// <summary>The reason for which open runs halt, or null.</summary>
    public Reason? Halt => Level == DiskLevel.Halt ? Reason.Storage : null;

    /// <summary>Judges a reading.</summary>
    /// <param name="freeBytes">Bytes that the rig may still write, from 0 to <paramref name="totalBytes"/>.</param>
    /// <param name="totalBytes">Size of the disk, bytes, above 0.</param>
    /// <param name="bytesPerSecond">What the rig writes with all channels running; finite, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public DiskPolicy After(long freeBytes, long totalBytes, double bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(totalBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(freeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(freeBytes, totalBytes);
        if (!double.IsFinite(bytesPerSecond) || bytesPerSecond < 0)
            throw new ArgumentOutOfRangeException(nameof(bytesPerSecond), bytesPerSecond, "A rate is a finite number from 0.");
        var share = (double)freeBytes / totalBytes;
        var level = (DiskLevel)Math.Max((int)Reached(share), Math.Min((int)Level, (int)Reached(share / Release)));
        var wanted = bytesPerSecond * RunLength.TotalSeconds;
        return new(level, level != DiskLevel.Halt && freeBytes >= (AllowsRuns ? wanted : Release * wanted));
    }

    /// <summary>What a person is told, with what to do; null where all is fine.</summary>
    /// <param name="freeBytes">Of the reading that gave this, bytes.</param>
    /// <param name="totalBytes">Size of the disk, bytes.</param>
    public string? Told(long freeBytes, long totalBytes)
    {
        var room = string.Create(CultureInfo.InvariantCulture, $"{100.0 * freeBytes / totalBytes:F1} % of the journal's disk is free ({freeBytes / 1e9:F2} GB)");
        return (Level, AllowsRuns) switch
        {
            (DiskLevel.Halt, _) => $"{room}. Running cells are halted. Free some space, then acknowledge.",
            (DiskLevel.ThinSamples, true) => $"{room}. Fewer samples are written. Free some space.",
            (DiskLevel.ThinSamples, false) => $"{room}. Fewer samples are written, and no run begins. Free some space.",
            (_, false) => $"{room}, too little for {RunLength.TotalHours:F0} h. No run begins. Free some space.",
            (DiskLevel.Warn, true) => $"{room}. Free some space.",
            _ => null,
        };
    }

    private static DiskLevel Reached(double share) => share switch
    {
        < 0.01 => DiskLevel.Halt,
        < 0.05 => DiskLevel.ThinSamples,
        < 0.10 => DiskLevel.Warn,
        _ => DiskLevel.Fine,
    };
}

using CycleRig.Core.Safety;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>What follows from the room on the journal's disk: alarms, fewer samples, no new run, halts. It is told; it reads no disk itself.</summary>
/// <param name="runtime">The rig.</param>
public sealed class JournalDisk(RigRuntime runtime)
{
    private const string Kind = "disk";

    /// <summary>A sweep of the usual range, one a minute, is what a plating channel writes.</summary>
    private const int SweepPoints = 73;
    private const double SweepSeconds = 60;
    private const double SamplesPerSecondMax = 10;

    private readonly Lock _gate = new();
    private string? _told;

    /// <summary>What holds now.</summary>
    public DiskPolicy Policy { get; private set; } = DiskPolicy.Unread;

    /// <summary>Whether fewer samples are written.</summary>
    public bool IsThinning => Policy.Level >= DiskLevel.ThinSamples;

    /// <summary>Why no run may begin, or null.</summary>
    public string? Refusal => Policy.AllowsRuns ? null : _told ?? "the journal's disk has too little room";

    /// <summary>Takes a reading.</summary>
    /// <param name="freeBytes">Bytes that the rig may still write.</param>
    /// <param name="totalBytes">Size of the disk, bytes.</param>
    public void Read(long freeBytes, long totalBytes)
    {
        if (totalBytes <= 0)
            return; // No disk says so: nothing is known.
        lock (_gate)
        {
            var samples = runtime.Rig.RecordsEverySample ? SamplesPerSecondMax : 1;
            var rate = JournalRate.BytesPerSecond(runtime.Channels.Select(_ => new ChannelLoad(samples, SweepSeconds, SweepPoints)));
            var before = Policy;
            freeBytes = Math.Clamp(freeBytes, 0, totalBytes);
            Policy = before.After(freeBytes, totalBytes, rate);
            if (Policy == before)
                return;
            _told = Policy.Told(freeBytes, totalBytes);
            if (_told is { } text)
                runtime.Alarms.Raise(Kind, text);
            else
                runtime.Alarms.Clear(Kind);
            if (Policy.Halt is not null)
                runtime.StorageCause.Found(Kind, _told!);
            else
                runtime.StorageCause.Gone(Kind);
        }
    }
}

using Xunit;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>Power cuts and failing calls at each write and sync of the journal. No acknowledged record is lost, none unreadable.</summary>
public sealed class CutPointSweepTests(ITestOutputHelper output)
{
    private const int CutsLong = 1000;
    private static readonly TimeSpan Ordinary = TimeSpan.FromSeconds(12);
    private static readonly bool Long = Environment.GetEnvironmentVariable("CYCLERIG_LONG") is not null;
    private static readonly DiskFault[] Faults = [DiskFault.PowerCut, DiskFault.PowerCut, DiskFault.OneError, DiskFault.Full, DiskFault.Dead];

    [Fact]
    public void No_cut_loses_what_was_acknowledged()
    {
        var seed = Long ? 1 : Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"seed {seed}");
        var begun = TimeProvider.System.GetTimestamp();
        var cuts = 0;
        var errors = 0;
        for (; Long ? cuts < CutsLong : TimeProvider.System.GetElapsedTime(begun) < Ordinary; cuts++)
        {
            var (fault, struck, failed) = Cut(seed + cuts, swallowsSyncs: false);
            Assert.True(fault is null, $"seed {seed + cuts}, {struck}: {fault}");
            errors += failed;
        }

        output.WriteLine($"{cuts} cuts in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:F1} s, {errors} calls failed on the way");
        Assert.True(cuts >= 10, $"only {cuts} cuts in {Ordinary.TotalSeconds} s");
        Assert.True(errors > 0, "no fault was ever seen");
    }

    /// <summary>A sweep that can not fail shows nothing: with syncs that do nothing (synchronous=OFF, a drive that lies) it must.</summary>
    [Fact]
    public void A_sweep_over_a_disk_that_does_not_sync_finds_losses()
    {
        var found = Enumerable.Range(1, 20).Select(seed => Cut(seed, swallowsSyncs: true).Fault).Where(fault => fault is not null).ToList();
        output.WriteLine($"{found.Count} of 20, first: {found.FirstOrDefault()}");
        Assert.InRange(found.Count, 10, 20);
    }

    private static (string? Fault, string Struck, int Errors) Cut(int seed, bool swallowsSyncs)
    {
        var random = new Random(seed);
        var (content, batchRows) = (random.Next(3), random.Next(8) == 0 ? 3000 : 40);
        int calls;
        using (var whole = new PowerCutDisk(seed))
        {
            new JournalScript(whole, content, batchRows).Play();
            calls = whole.Calls;
        }

        using var disk = new PowerCutDisk(seed)
        {
            Fault = Faults[random.Next(Faults.Length)],
            FaultAt = random.Next(1, calls + 2),
            SwallowsSyncs = swallowsSyncs,
        };
        var script = new JournalScript(disk, content, batchRows);
        var fault = disk.Fault;
        script.Play();
        disk.LosePower();
        disk.SwallowsSyncs = false;
        var struck = $"{fault} at {disk.Struck} of {calls}";
        return (script.Damage is { } damage ? $"the second host found damage: {damage}" : Survivors.Fault(disk.Folder, script), struck, script.Errors);
    }
}

using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>An opening that finds damage says so in the end, however often the power goes while it sets things right.</summary>
public sealed class OpeningCutTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CYCLERIG_LONG") is not null;

    public static TheoryData<string> Damages { get; } = ["newest volume", "tail of the log", "copy", "cursors"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_reported_by_the_opening_after_a_cut_and_no_number_used_twice(string damage)
    {
        var calls = Opened(damage, faultAt: int.MaxValue, seed: 0);
        Assert.InRange(calls, 5, 200);
        for (var at = 1; at <= calls; at += Long ? 1 : 5)
        {
            for (var seed = 1; seed <= (Long ? 4 : 1); seed++)
                Opened(damage, at, seed);
        }

        Opened(damage, calls, seed: 5); // All is done but for the answer.
    }

    /// <returns>Calls that the opening took.</returns>
    private static int Opened(string damage, int faultAt, int seed)
    {
        using var disk = new PowerCutDisk(seed);
        var script = new JournalScript(disk, 1, 40);
        script.Play(isCutAtEnd: true);
        disk.LosePower();
        Break(disk, damage);
        (disk.Fault, var before) = (DiskFault.PowerCut, disk.Calls);
        disk.FaultAt = faultAt == int.MaxValue ? faultAt : before + faultAt;
        var reported = Report(disk, script);
        var calls = disk.Calls - before;
        disk.LosePower();
        reported ??= Report(disk, script);
        Assert.True(reported is { Damage: not null }, $"{damage}, call {faultAt}, seed {seed}: damage was forgotten");
        var lastKnown = damage is "newest volume" or "tail of the log" ? script.Appended.Keys.Max() : script.Acknowledged;
        Assert.True(reported.LastSeq > lastKnown, $"{damage}, call {faultAt}, seed {seed}: numbers from {reported.LastSeq} on are used twice");
        return calls;
    }

    private static JournalOpenReport? Report(PowerCutDisk disk, JournalScript script)
    {
        Journal? journal = null;
        try
        {
            journal = Journal.Open(disk.Folder, script.Options);
            return journal.OpenReport;
        }
        catch (JournalException) when (disk.Stopped)
        {
            return null;
        }
        finally
        {
            journal?.Dispose();
        }
    }

    private static void Break(PowerCutDisk disk, string damage)
    {
        var newest = VolumeFile.List(disk.Folder)[^1].Path;
        switch (damage)
        {
            case "newest volume":
                disk.Rewrite(newest, new byte[File.ReadAllBytes(newest).Length]);
                disk.Rewrite(newest + "-wal", []);
                break;
            case "tail of the log":
                disk.Rewrite(newest + "-wal", []); // The cursors say what was there.
                break;
            case "copy":
                File.Delete(Path.Combine(disk.Folder, "journal.origin"));
                break;
            default:
                disk.Rewrite(Path.Combine(disk.Folder, "cursors.sqlite"), [.. Enumerable.Repeat((byte)7, 8192)]);
                break;
        }
    }
}

using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

public sealed class JournalRateTests
{
    private static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Run = new("01930000-0000-7000-8000-000000000001");

    [Fact]
    public void Samples_alone_take_what_is_estimated_within_a_fifth()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path, new() { ReserveBytes = 0 }))
        {
            for (var second = 0; second < 36_000; second += 20)
                journal.Append(JournalRecord.Samples("ch-1", Run, Utc, [.. Enumerable.Range(second, 20).Select(n => new Sample(n, 0.001, 0.1, 30, 5, 0))]));
        }

        var bytes = Directory.GetFiles(folder.Path, "journal-*").Sum(path => new FileInfo(path).Length);
        var estimate = 36_000 * JournalRate.BytesPerSecond([new(1, double.PositiveInfinity, 0)]);
        Assert.InRange(estimate / bytes, 0.83, 1.2);
    }

    [Fact]
    public void Channels_add_up_and_nothing_is_nothing()
    {
        var busy = new ChannelLoad(10, 60, 40);
        Assert.Equal(0, JournalRate.BytesPerSecond([]));
        Assert.Equal(3 * JournalRate.BytesPerSecond([busy]), JournalRate.BytesPerSecond([busy, busy, busy]), 6);
    }
}

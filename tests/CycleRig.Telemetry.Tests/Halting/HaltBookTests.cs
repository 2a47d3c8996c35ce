using CycleRig.Telemetry.Halting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Telemetry.Tests.Halting;

public sealed class HaltBookTests
{
    private const int IdsMax = 1000;

    [Fact]
    public void An_id_that_acted_is_known_after_a_restart_for_its_target_alone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "halts");
        new HaltBook(path).Note("ch-1", "a-1");
        var again = new HaltBook(path);
        Assert.True(again.HasActed("ch-1", "a-1"));
        Assert.False(again.HasActed("ch-2", "a-1"));
        Assert.False(again.HasActed("", "a-1"));
        Assert.False(again.HasActed("ch-1", "a-2"));
    }

    [Fact]
    public void The_newest_thousand_are_kept()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "halts");
        var book = new HaltBook(path);
        for (var i = 0; i < (2 * IdsMax) + 10; i++)
            book.Note("ch-1", $"a-{i}");
        Assert.Equal(IdsMax, File.ReadLines(path).Count());
        var again = new HaltBook(path);
        Assert.False(again.HasActed("ch-1", "a-0"));
        Assert.True(again.HasActed("ch-1", $"a-{(2 * IdsMax) + 9}"));
        Assert.True(again.HasActed("ch-1", $"a-{IdsMax + 10}"));
    }

    [Fact]
    public void A_book_that_cannot_be_read_is_empty_and_one_that_cannot_be_written_says_so()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "halts");
        Directory.CreateDirectory(path); // A folder where the file should be.
        var book = new HaltBook(path);
        Assert.False(book.HasActed("ch-1", "a-1"));
        Assert.ThrowsAny<Exception>(() => book.Note("ch-1", "a-1"));
        Assert.True(book.HasActed("ch-1", "a-1"));
    }
}

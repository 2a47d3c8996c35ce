using CycleRig.Storage.Exports;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

public sealed class RunSelectionTests
{
    private static readonly RunEntry[] Runs =
    [
        Entry("01930000-0000-7000-8000-0000000000aa", "ch-1", "cell-1", 1),
        Entry("01930000-0000-7000-8000-0000000000ab", "ch-2", "cell-2", 2),
        Entry("01940000-0000-7000-8000-0000000000ac", "ch-2", "cell-3", 3),
    ];

    [Theory]
    [InlineData("01930000-0000-7000-8000-0000000000AB", 1)]
    [InlineData("0194", 2)]
    [InlineData("0193000000007000800000000000aa", -1)]
    [InlineData("019300000000700080000000000000aa", 0)]
    [InlineData("ch-1", 0)]
    [InlineData("cell-3", 2)]
    public void One_run_is_found(string wanted, int index) =>
        Assert.Equal(index < 0 ? null : Runs[index], RunSelection.Find(Runs, wanted).Run);

    [Theory]
    [InlineData("ch-2", "`ch-2` means 2 runs; give the id of one: 01940000-0000-7000-8000-0000000000ac (ch-2, cell-3, 2026-11-24 12:00, open), 01930000-")]
    [InlineData("019", "`019` means 3 runs")]
    [InlineData("cell-9", "the journal has no run `cell-9`; give one of 01940000-")]
    [InlineData("", "the journal has no run ``; give one of")]
    public void What_is_unknown_or_ambiguous_is_told_in_one_line(string wanted, string expected)
    {
        var (run, problem) = RunSelection.Find(Runs, wanted);
        Assert.Null(run);
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }

    private static RunEntry Entry(string id, string channel, string cell, long seq) =>
        new(new(id), channel, cell, new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero), seq, null, null, null);
}

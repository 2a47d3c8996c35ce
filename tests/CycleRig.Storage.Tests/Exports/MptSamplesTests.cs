using System.Text;
using CycleRig.Storage.Exports;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

public sealed class MptSamplesTests
{
    [Fact]
    public async Task Samples_are_in_milliamperes_under_a_header_of_the_length_that_it_says()
    {
        using var journal = new JournalOfRun("zelle-ä\t1", "Zoë Łąka\nEC", JournalOfRun.Looped);
        journal.Sampled(new(1, 0, 0.5, 30, 5, 0), new(2, 1.5e-5, double.NaN, 30, 5, 7.2));
        journal.Next(2, "running", 2);
        journal.Sampled(new(3, -1.5e-5, -0.25, 30, 5, 3.6), new(4, 0, -0.125, 30, 5, 3.6));
        await journal.Export(ExportFormat.Mpt, "one.mpt");
        var bytes = await File.ReadAllBytesAsync(journal.At("one.mpt"), TestContext.Current.CancellationToken);
        var lines = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes).Split("\r\n")[..^1];
        Assert.Equal("EC-Lab ASCII FILE", lines[0]);
        Assert.Contains("User : Zoë ??ka EC", lines); // Windows-1252 has no Polish letters.
        Assert.Contains("Cell : zelle-ä 1", lines);
        Assert.Contains("Acquisition started on : 11/24/2026 23:59:30.500", lines);
        Assert.Contains("Electrode surface area : 0.0314 cm²", lines);
        Assert.Contains("Software : CycleRig 1.2.3", lines);
        Assert.All(lines.Skip(1), line => Assert.DoesNotContain("EC-Lab", line, StringComparison.Ordinal));
        var table = TextTable.OfMpt(lines);
        Assert.Equal(4, table.Count);
        for (var row = 0; row < 4; row++)
        {
            Assert.Equal(row + 1, table[row, "time/s"]);
            Assert.Equal(journal.Samples[row].Volts, table[row, "Ewe/V"]);
            Assert.Equal(journal.Samples[row].CurrentAmperes * 1e3, table[row, "I/mA"]);
            Assert.Equal(journal.Samples[row].ChargeCoulombs / 3.6, table[row, "(Q-Qo)/mA.h"], 1e-15);
        }

        Assert.Equal([1, 1, 0, 0], Enumerable.Range(0, 4).Select(row => table[row, "ox/red"])); // Kept at rest.
        Assert.Equal([3, 3, 1, 1], Enumerable.Range(0, 4).Select(row => table[row, "mode"]));
        Assert.Equal([0, 0, 2, 2], Enumerable.Range(0, 4).Select(row => table[row, "Ns"]));
        Assert.Equal([0, 0, 1, 0], Enumerable.Range(0, 4).Select(row => table[row, "Ns changes"]));
    }
}

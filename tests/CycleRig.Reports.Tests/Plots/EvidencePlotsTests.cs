using CycleRig.Reports.Plots;
using CycleRig.Reports.Tests.Verdicts;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Plots;

public sealed class EvidencePlotsTests
{
    [Fact]
    public void What_there_is_is_drawn_and_the_rest_left_out()
    {
        using var folder = new TemporaryFolder();
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var verdicts = run.Verdicts(recording);
        var all = Path.Combine(Environment.GetEnvironmentVariable("CYCLERIG_PLOTS") ?? folder.Path, "evidence");
        Directory.CreateDirectory(all);
        Assert.Equal(["difference.png", "spectra.png", "residuals.png", "r-bulk.png"], EvidencePlots.Save(MadeUpRun.Explained(recording, verdicts), all));
        Assert.All(Directory.GetFiles(all), file => Assert.True(File.ReadAllBytes(file) is { Length: > 5000 } bytes && bytes.AsSpan(1, 3).SequenceEqual("PNG"u8), file));
        var one = Path.Combine(folder.Path, "one");
        Directory.CreateDirectory(one);
        var alone = MadeUpRun.Explained(recording, verdicts with { Rows = [verdicts.Rows[^1]] });
        Assert.Equal(["spectra.png", "residuals.png", "r-bulk.png"], EvidencePlots.Save(alone, one));
    }
}

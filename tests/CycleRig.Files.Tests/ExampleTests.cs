using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void Every_example_reads_and_runs_on_every_example_rig()
    {
        var folder = Path.Combine(SharedData.ProjectRoot(), "examples");
        var files = Directory.GetFiles(folder, "*.yaml");
        var rigs = files.Where(file => Path.GetFileName(file).Contains("rig", StringComparison.Ordinal)).Select(RigFile.Read).ToList();
        var protocols = files.Where(file => !Path.GetFileName(file).Contains("rig", StringComparison.Ordinal)).Select(ProtocolFile.Read).ToList();
        Assert.NotEmpty(rigs);
        Assert.NotEmpty(protocols);
        foreach (var rig in rigs)
        {
            foreach (var protocol in protocols)
                Assert.Empty(RigCheck.Problems(rig, rig.Channels.ToDictionary(channel => channel.Name, _ => protocol)));
        }
    }

    [Fact]
    public void Plating_is_what_the_reference_paper_did()
    {
        var protocol = ProtocolFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "plating.yaml"));
        var plate = Assert.Single(protocol.Steps.OfType<Galvanostatic>());
        Assert.Equal(-0.5, plate.Density.MilliamperesPerSquareCentimetre, 12);
        Assert.Equal(1, plate.Ends.Capacity!.Value.MilliampereHoursPerSquareCentimetre, 12);
        Assert.Equal(7e6, plate.Sweep!.Range.Highest.Hertz);
        Assert.Equal(0.5, plate.Sweep.Range.Lowest.Hertz);
        Assert.Equal(0.05, plate.Sweep.Amplitude.MilliamperesPerSquareCentimetre, 12);
    }
}

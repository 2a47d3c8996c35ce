using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;
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

    [Fact]
    public void A_foil_is_read_where_it_is_given_and_unknown_where_not()
    {
        var example = Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml");
        Assert.Null(RigFile.Read(example).Channels[0].Cell.Foil);
        using var folder = new TemporaryFolder();
        var given = Path.Combine(folder.Path, "rig.yaml");
        File.WriteAllText(given, File.ReadAllText(example).Replace("surface: untreated", "surface: untreated\n      foil: 200 µm", StringComparison.Ordinal));
        Assert.Equal(200, RigFile.Read(given).Channels[0].Cell.Foil!.Value.Micrometres, 9);
    }

    [Fact]
    public void The_ramp_and_the_leak_of_the_demo_rig_are_events_of_its_chamber_and_press()
    {
        var rig = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "demo-rig.yaml"));
        var drift = Assert.IsType<ControllerDrift>(Assert.Single(rig.Chambers.SelectMany(chamber => chamber.Events)));
        Assert.Equal((TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(30), 5), (drift.Begins, drift.Lasts, drift.Kelvins));
        var leak = Assert.IsType<PressLeak>(Assert.Single(rig.Presses.SelectMany(press => press.Events)));
        Assert.Equal((TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(20)), (leak.Begins, leak.Lasts));
        // 80 % are gone after these 20 minutes.
        Assert.Equal(0.2, Math.Exp(-20 * leak.SharePerMinute), 1e-12);
    }
}

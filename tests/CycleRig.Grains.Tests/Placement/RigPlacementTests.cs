using CycleRig.Contracts;
using CycleRig.Core.Protocols;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Files;
using CycleRig.Grains.Running;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Orleans.TestingHost;
using Xunit;

namespace CycleRig.Grains.Tests.Placement;

/// <summary>Two silos, a rig on each: a grain lives where its rig is, whoever calls, or nowhere.</summary>
public sealed class RigPlacementTests
{
    private static readonly string[] Rigs = ["left", "right"];

    [Fact]
    public async Task Grains_live_on_the_host_of_their_rig_and_nowhere_when_it_is_gone()
    {
        using var folder = new TemporaryFolder();
        using var time = new DiscreteRigTime(DateTimeOffset.UnixEpoch);
        var journals = Rigs.Select(rig => Journal.Open(Path.Combine(folder.Path, rig))).ToList();
        var taken = -1;
        var right = "";
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            // Silos are configured in any order.
            var own = Interlocked.Increment(ref taken);
            if (Rigs[own] == "right")
                right = options.SiloName;
            silo.AddCycleRigGrains(Runtime(time, Rigs[own], journals[own]));
        });
        builder.ConfigureClient(client => client.Services.AddCycleRigMessages());
        await using var cluster = builder.Build();
        await cluster.DeployAsync(TestContext.Current.CancellationToken);
        foreach (var rig in Rigs)
        {
            var view = await cluster.Client.GetGrain<IRigGrain>(rig).View();
            Assert.Equal(rig, view.Rig);
            // Every channel and device of the rig was asked too: a grain on the other silo would not know its name.
            Assert.All(view.Channels, channel => Assert.StartsWith("ch-", channel.Channel, StringComparison.Ordinal));
            Assert.Equal(8, view.Channels.Length);
        }

        await cluster.StopSiloAsync(cluster.Silos.Single(silo => silo.Name == right), TestContext.Current.CancellationToken);
        Assert.Equal("left", (await cluster.Client.GetGrain<IRigGrain>("left").View()).Rig);
        var gone = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Client.GetGrain<IRigGrain>("right").View());
        Assert.Contains("no host holds rig right", gone.Message, StringComparison.Ordinal);
        journals.ForEach(journal => journal.Dispose());
    }

    private static RigRuntime Runtime(DiscreteRigTime time, string name, Journal journal)
    {
        var rig = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "demo-rig.yaml")) with { Name = name };
        var simulated = new SimulatedRig(rig, 1, time);
        var devices = new DeviceHost(Guid.CreateVersion7(), time, simulated.Wirings, simulated.Devices);
        return new(rig, new Dictionary<string, Protocol>(), time, new LocalLink(devices, time, Latency.None), journal, Latency.None);
    }
}

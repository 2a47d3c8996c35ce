using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Files;
using CycleRig.Grains.Running;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace CycleRig.Grains.Tests;

/// <summary>Grains in Orleans' test cluster, called through its client, over simulated devices in discrete time.</summary>
public sealed class ChannelGrainTests
{
    private static readonly Protocol Resting = new("resting", [new Rest("rest", TimeSpan.FromMinutes(10))], SafetyTerms.Default);

    [Fact]
    public async Task A_run_of_rest_completes_and_is_closed_in_the_journal()
    {
        await using var rig = await TestRig.StartAsync(Resting);
        var channel = rig.Client.GetGrain<IChannelGrain>("bench/ch-1");
        var run = Guid.CreateVersion7();
        var answer = await channel.Order(await Start(channel, run), rig.Time.Now);
        Assert.True(answer.Accepted, answer.Why);
        rig.Run(TimeSpan.FromMinutes(9));
        Assert.Equal("running", (await channel.View()).State);
        rig.Run(TimeSpan.FromMinutes(2));
        Assert.Equal("completed", (await channel.View()).State);
        rig.Journal.Flush();
        using var reader = JournalReader.Open(rig.Journal.DataFolder);
        Assert.Equal("completed", Assert.Single(reader.Runs()).EndReason);
    }

    [Fact]
    public async Task A_start_that_cites_another_stop_number_is_refused_in_words()
    {
        await using var rig = await TestRig.StartAsync(Resting);
        var answer = await rig.Client.GetGrain<IChannelGrain>("bench/ch-1").Order(new StartOrdered("op", Guid.CreateVersion7(), null, 7, (await rig.Client.GetGrain<IChannelGrain>("bench/ch-1").View()).Version), rig.Time.Now);
        Assert.False(answer.Accepted);
        Assert.Contains("was stopped since it was looked at", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chamber_gets_a_new_temperature_only_when_all_who_hold_one_agree()
    {
        await using var rig = await TestRig.StartAsync(Resting);
        var chamber = rig.Client.GetGrain<IChamberGrain>("bench/chamber-1");
        await chamber.Want("ch-1", 31);
        await chamber.Want("ch-2", 31);
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(31, (await chamber.View()).SetPoint);
        await chamber.Want("ch-1", 40);
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(31, (await chamber.View()).SetPoint);
        await chamber.Release("ch-2");
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(40, (await chamber.View()).SetPoint);
    }

    [Fact]
    public async Task A_channel_without_a_protocol_is_not_started()
    {
        await using var rig = await TestRig.StartAsync(null);
        var channel = rig.Client.GetGrain<IChannelGrain>("bench/ch-1");
        var answer = await channel.Order(await Start(channel, Guid.CreateVersion7()), rig.Time.Now);
        Assert.False(answer.Accepted);
        Assert.Contains("has no protocol yet", answer.Why, StringComparison.Ordinal);
    }

    private static async Task<StartOrdered> Start(IChannelGrain channel, Guid run)
    {
        var view = await channel.View();
        return new("op", run, null, view.StopNumber, view.Version);
    }

    private sealed class TestRig : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private InProcessTestCluster _cluster = null!;

        public DiscreteRigTime Time { get; } = new(DateTimeOffset.UnixEpoch);

        public Journal Journal { get; private set; } = null!;

        public IClusterClient Client => _cluster.Client;

        public static async Task<TestRig> StartAsync(Protocol? protocol)
        {
            var rig = new TestRig();
            var description = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml"));
            var simulated = new SimulatedRig(description, 1, rig.Time);
            var devices = new DeviceHost(Guid.CreateVersion7(), rig.Time, simulated.Wirings, simulated.Devices);
            rig.Journal = Journal.Open(rig._folder.Path, JournalOptions.Default);
            var runtime = new RigRuntime(
                description, protocol is null ? [] : new Dictionary<string, Protocol> { ["ch-1"] = protocol }, rig.Time, new LocalLink(devices, rig.Time, Latency.Drawn(1)), rig.Journal, Latency.Drawn(2));
            var builder = new InProcessTestClusterBuilder(1);
            builder.ConfigureSilo((_, silo) =>
            {
                silo.AddCycleRigGrains(runtime);
            });
            builder.ConfigureClient(client => client.Services.AddCycleRigMessages());
            rig._cluster = builder.Build();
            await rig._cluster.DeployAsync();
            runtime.Start(rig._cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>());
            rig.Run(TimeSpan.FromSeconds(3));
            return rig;
        }

        public void Run(TimeSpan time) => Time.RunUntil(() => false, Time.Now + time);

        public async ValueTask DisposeAsync()
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
            Journal.Dispose();
            Time.Dispose();
            _folder.Dispose();
        }
    }
}

using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;
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

/// <summary>Orleans' test cluster with the grains of one rig, called through its client, over simulated devices in discrete time.</summary>
internal sealed class TestRig : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RigDescription _description;
    private readonly JournalOptions _options;
    private readonly Dictionary<string, Protocol> _protocols;
    private DeviceHost _devices;
    private InProcessTestCluster _cluster = null!;

    private TestRig(RigDescription description, Protocol? protocol, JournalOptions options)
    {
        (_description, _options) = (description, options);
        _protocols = protocol is null ? [] : description.Channels.ToDictionary(channel => channel.Name, _ => protocol);
        Simulated = new(description, 1, Time);
        _devices = new(Guid.CreateVersion7(), Time, Simulated.Wirings, Simulated.Devices);
    }

    /// <summary>A minute of rest, a spectrum, then plating with a sweep each 20 s.</summary>
    public static Protocol Plating { get; } = ProtocolFile.Parse("plating", """
        format: 1
        protocol: quick
        steps:
          - rest: {duration: 1 min}
          - peis: {from: 1 MHz, to: 10 Hz, points_per_decade: 6, amplitude: 10 mV}
          - plate:
              current_density: 0.5 mA/cm²
              until: {capacity: 0.2 mAh/cm²}
              geis: {from: 1 MHz, to: 10 Hz, points_per_decade: 6, amplitude: 0.05 mA/cm², every: 20 s}
        """);

    public DiscreteRigTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    public SimulatedRig Simulated { get; }

    public Journal Journal { get; private set; } = null!;

    public RigRuntime Runtime { get; private set; } = null!;

    public IClusterClient Client => _cluster.Client;

    public IChannelGrain Channel => Client.GetGrain<IChannelGrain>("bench/ch-1");

    public IRigGrain Rig => Client.GetGrain<IRigGrain>("bench");

    /// <summary>Starts devices and host, and waits until every session has answered.</summary>
    /// <param name="protocol">Protocol of every channel, or null.</param>
    /// <param name="options">Options of the journal, or null.</param>
    /// <param name="leak">Leak of the press, or null.</param>
    /// <param name="neighbours">Channels beside ch-1 in its chamber: ch-2, ch-3, ...</param>
    public static async Task<TestRig> StartAsync(Protocol? protocol, JournalOptions? options = null, PressLeak? leak = null, int neighbours = 0)
    {
        var description = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml"));
        var first = description.Channels[0];
        description = description with
        {
            Channels = [first, .. Enumerable.Range(2, neighbours).Select(n => first with { Name = $"ch-{n}", Output = $"potentiostat-1-{n}", Cell = first.Cell with { Id = $"cell-{n}" } })],
        };
        var leaking = description with { Presses = [.. description.Presses.Select(press => press with { Events = leak is null ? [] : [leak] })] };
        var rig = new TestRig(leaking, protocol, options ?? JournalOptions.Default);
        await rig.StartHostAsync();
        rig.Run(TimeSpan.FromSeconds(3));
        return rig;
    }

    public async Task StartHostAsync()
    {
        Journal = Journal.Open(_folder.Path, _options);
        Runtime = new RigRuntime(_description, _protocols, Time, new LocalLink(_devices, Time, Latency.Drawn(1)), Journal, Latency.Drawn(2));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddCycleRigGrains(Runtime));
        builder.ConfigureClient(client => client.Services.AddCycleRigMessages());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Runtime.Start(_cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>());
        await Channel.View();
    }

    /// <summary>The host is gone, its journal closed; devices and cells go on.</summary>
    public async Task KillHostAsync()
    {
        _devices.Connect(_ => { });
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        Journal.Dispose();
    }

    /// <summary>The device host's process is another one: its sessions begin by turning their cells off.</summary>
    public void RestartDevices() => _devices = new(Guid.CreateVersion7(), Time, Simulated.Wirings, Simulated.Devices);

    public Task<OrderAnswer> OrderStartAsync() => OrderStartAsync(Channel);

    private async Task<OrderAnswer> OrderStartAsync(IChannelGrain channel)
    {
        var view = await channel.View();
        return await channel.Order(new StartOrdered("op", Guid.CreateVersion7(), null, view.StopNumber, view.Version), Time.Now);
    }

    /// <summary>Starts a run on every channel.</summary>
    public async Task StartRunAsync()
    {
        foreach (var channel in _description.Channels)
        {
            var answer = await OrderStartAsync(Client.GetGrain<IChannelGrain>($"bench/{channel.Name}"));
            Assert.True(answer.Accepted, answer.Why);
        }
    }

    public void Run(TimeSpan time) => Time.RunUntil(() => false, Time.Now + time);

    /// <summary>Lets time pass until it is so, looked at each second.</summary>
    public void RunUntil(Func<Task<bool>> done, TimeSpan limit)
    {
        var end = Time.Now + limit;
        while (!done().GetAwaiter().GetResult())
        {
            Assert.True(Time.Now < end, $"not so within {limit}");
            Run(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        try
        {
            Journal.Dispose();
        }
        catch (JournalWriteException)
        {
            // The disk of this test is full; its folder goes now.
        }

        Time.Dispose();
        _folder.Dispose();
    }
}

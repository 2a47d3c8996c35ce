using System.Net;
using System.Net.Sockets;
using CycleRig.Core.Telemetry;
using CycleRig.Grains;
using CycleRig.Grains.Running;
using Orleans.Configuration;

namespace CycleRig.Host.Running;

/// <summary>A silo of one machine that holds the grains of one rig.</summary>
internal sealed class RigHost : IAsyncDisposable
{
    private readonly IHost _host;

    private RigHost(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts the silo and sets the rig going.</summary>
    public static async Task<RigHost> StartAsync(RigRuntime runtime, CancellationToken cancellation)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        AddRig(builder, runtime);
        var host = builder.Build();
        await host.StartAsync(cancellation);
        runtime.Start(host.Services.GetRequiredService<IGrainFactory>());
        return new(host);
    }

    /// <summary>Adds the silo of one machine that holds a rig's grains.</summary>
    public static void AddRig(IHostApplicationBuilder builder, RigRuntime runtime)
    {
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: runtime.Rig.Name, clusterId: runtime.Rig.Name);
            silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback);
            // Running channels are kept: what ends a run is a decision, never idleness of a grain.
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromDays(3650));
            silo.AddCycleRigGrains(runtime);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>A port of loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Telemetry whose broker in the process has a port.</summary>
    /// <param name="telemetry">What was asked for; port 0 is any free one.</param>
    public static TelemetrySettings WithPort(TelemetrySettings telemetry) =>
        telemetry.Embedded.Port > 0 ? telemetry : telemetry with { Embedded = telemetry.Embedded with { Port = FreePort() } };
}

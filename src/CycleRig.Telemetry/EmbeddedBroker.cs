using System.Net;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace CycleRig.Telemetry;

/// <summary>An MQTT broker in the process, on loopback. Anybody here may read; only the host's own connection may publish.</summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    internal const string HostClient = "cyclerig-host";

    private const int PendingMax = 20_000;

    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, int port, string secret) => (_server, Port, Secret) = (server, port, secret);

    /// <summary>Port on loopback.</summary>
    public int Port { get; }

    internal string Secret { get; }

    /// <summary>Starts a broker.</summary>
    /// <param name="port">A free port of loopback.</param>
    public static async Task<EmbeddedBroker> StartAsync(int port)
    {
        var secret = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        var factory = new MqttServerFactory();
        var server = factory.CreateMqttServer(factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port).WithMaxPendingMessagesPerClient(PendingMax).Build());
        server.ValidatingConnectionAsync += connecting =>
        {
            if (connecting.ClientId == HostClient && connecting.Password != secret)
                connecting.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += publishing =>
        {
            publishing.ProcessPublish = publishing.ClientId is HostClient or "";
            if (!publishing.ProcessPublish)
                publishing.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        await server.StartAsync();
        return new(server, port, secret);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }
}

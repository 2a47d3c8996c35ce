using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CycleRig.Core.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server;
using MQTTnet.Server.Internal.Adapter;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>
/// An MQTT broker in the process, held to <see cref="AccessTable"/>: on loopback by password, with TLS on every address by password or
/// client certificate, for browsers over WebSocket. Sessions and retained messages live as long as the process.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const int PendingMax = 20_000;
    private const int PayloadBytesMax = 256 * 1024;
    private const string PrincipalItem = "principal";

    private readonly MqttServer _server;
    private readonly WebApplication? _web;

    private EmbeddedBroker(MqttServer server, WebApplication? web, BrokerSettings host, PasswordFile passwords) =>
        (_server, _web, Host, Passwords) = (server, web, host, passwords);

    /// <summary>How the host in this process connects.</summary>
    public BrokerSettings Host { get; }

    /// <summary>Passwords of the others.</summary>
    public PasswordFile Passwords { get; }

    /// <summary>Starts a broker.</summary>
    /// <param name="rig">Name of the rig that this process serves.</param>
    /// <param name="settings">Ports and certificates; port 0 is to be made a free one by the caller.</param>
    /// <param name="folder">Takes the file of passwords, made at first use.</param>
    /// <exception cref="TelemetryException">A certificate cannot be read.</exception>
    public static async Task<EmbeddedBroker> StartAsync(string rig, EmbeddedBrokerSettings settings, string folder)
    {
        var passwords = new PasswordFile(Path.Combine(folder, "mqtt-passwords"));
        passwords.Make();
        var secretFile = Path.Combine(folder, "mqtt-host");
        var host = new PasswordFile(secretFile);
        OwnerFile.Write(secretFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))); // Another one in each process.
        var web = settings.WebSocketPort is { } port ? Web(port) : null;
        var options = Options(settings);
        var adapters = web is null ? [new MqttTcpServerAdapter()] : (IMqttServerAdapter[])[new MqttTcpServerAdapter(), web.Services.GetRequiredService<MqttConnectionHandler>()];
        var server = new MqttServer(options, adapters, MqttNetNullLogger.Instance);
        ConcurrentDictionary<string, string> owners = new();
        server.ValidatingConnectionAsync += connecting =>
        {
            connecting.ReasonCode = Validate(connecting, $"host-{rig}", host, passwords, owners);
            return Task.CompletedTask;
        };
        server.SessionDeletedAsync += deleted =>
        {
            owners.TryRemove(deleted.Id, out _);
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += Intercept;
        server.InterceptingSubscriptionAsync += subscribing =>
        {
            subscribing.ProcessSubscription = subscribing.Session.Items[PrincipalItem] is Principal who && AccessTable.MayRead(who, subscribing.TopicFilter.Topic);
            if (!subscribing.ProcessSubscription)
                subscribing.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        await server.StartAsync();
        if (web is not null)
            await web.StartAsync();
        return new(server, web, new("127.0.0.1", settings.Port, false, $"host-{rig}", secretFile, null, null, null), passwords);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
        await _server.StopAsync();
        _server.Dispose();
        File.Delete(Host.PasswordFile!);
    }

    private static MqttServerOptions Options(EmbeddedBrokerSettings settings)
    {
        var options = new MqttServerFactory().CreateServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(settings.Port).WithMaxPendingMessagesPerClient(PendingMax).WithPersistentSessions();
        if (settings.EncryptedPort is not { } port)
            return options.Build();
        try
        {
            options.WithEncryptedEndpoint().WithEncryptedEndpointPort(port)
                .WithEncryptionCertificate(BrokerTrust.Certificate(settings.CertificateFile!, settings.KeyFile));
            if (settings.ClientAuthorityFile is { } authority)
                options.WithClientCertificate(Trusts(authority), false);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new TelemetryException($"the broker's certificate cannot be read: {wrong.Message.TrimEnd('.')}. Check certificate, key and client_ca.", wrong);
        }

        return options.Build();
    }

    /// <summary>A client without a certificate may still come with a password; one with a certificate must come with one of ours.</summary>
    private static RemoteCertificateValidationCallback Trusts(string authorityFile)
    {
        X509Certificate2Collection authority = [];
        authority.ImportFromPemFile(authorityFile);
        return (_, certificate, _, _) =>
        {
            if (certificate is null)
                return true;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.CustomTrustStore.AddRange(authority);
            return chain.Build(new X509Certificate2(certificate));
        };
    }

    private static MqttConnectReasonCode Validate(ValidatingConnectionEventArgs connecting, string hostUser, PasswordFile host, PasswordFile passwords, ConcurrentDictionary<string, string> owners)
    {
        var certified = connecting.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var user = certified ?? connecting.UserName;
        if (Principal.Of(user) is not { } who)
            return MqttConnectReasonCode.BadUserNameOrPassword;
        if (certified is null && !(who.User == hostUser ? host.FitsAlone(connecting.Password ?? "") : passwords.Fits(who.User, connecting.Password ?? "")))
            return MqttConnectReasonCode.BadUserNameOrPassword;
        // Nobody takes the session of another over, with what it may read: an id that begins with a role belongs to the user that it begins
        // with, any other one to whoever has a session under it.
        var id = connecting.ClientId ?? "";
        if (id.IndexOfAny(['+', '#', '/']) >= 0 || (Principal.Of(id) is not null && $"{id}-".StartsWith(who.User + "-", StringComparison.Ordinal) is false)
            || (id.Length > 0 && owners.GetOrAdd(id, who.User) != who.User))
            return MqttConnectReasonCode.ClientIdentifierNotValid;
        connecting.SessionItems[PrincipalItem] = who;
        return MqttConnectReasonCode.Success;
    }

    private static Task Intercept(InterceptingPublishEventArgs publishing)
    {
        var message = publishing.ApplicationMessage;
        publishing.ProcessPublish = publishing.SessionItems[PrincipalItem] is Principal who
            && AccessTable.MayPublish(who, message.Topic) && message.Payload.Length <= PayloadBytesMax;
        if (!publishing.ProcessPublish)
            publishing.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
        return Task.CompletedTask;
    }

    private static WebApplication Web(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddConnections();
        builder.Services.AddSingleton<MqttConnectionHandler>();
        var web = builder.Build();
        web.UseWebSockets();
        web.MapConnectionHandler<MqttConnectionHandler>("/mqtt", http => http.WebSockets.SubProtocolSelector = asked => asked.FirstOrDefault() ?? "");
        return web;
    }
}

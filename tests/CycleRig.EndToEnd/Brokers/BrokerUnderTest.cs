using System.Security.Cryptography.X509Certificates;
using CycleRig.Core.Telemetry;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Testing.Services;
using MQTTnet;
using MQTTnet.Formatter;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>The broker in the process, or deploy/mosquitto; by password or by client certificate. Both have the same users.</summary>
internal sealed class BrokerUnderTest : IAsyncDisposable
{
    private readonly DeployedMosquitto _deployed;
    private readonly EmbeddedBroker? _embedded;
    private readonly bool _byCertificate;

    private BrokerUnderTest(DeployedMosquitto deployed, EmbeddedBroker? embedded, int port, int encryptedPort, bool byCertificate) =>
        (_deployed, _embedded, Port, EncryptedPort, _byCertificate) = (deployed, embedded, port, encryptedPort, byCertificate);

    public static TheoryData<string> Kinds => ["embedded, password", "embedded, certificate", "mosquitto, password", "mosquitto, certificate"];

    public bool IsEmbedded => _embedded is not null;

    public int Port { get; }

    public int EncryptedPort { get; }

    public int WebSocketPort { get; private init; }

    /// <summary>Certificate and key of a user, and of the authority, made by enrol.sh.</summary>
    public string In(string name) => _deployed.In(name);

    public static async Task<BrokerUnderTest> StartAsync(string kind, params string[] moreRigs)
    {
        Assert.SkipWhen(ServiceProcess.Find("mosquitto") is null, "mosquitto is not installed (its mosquitto_passwd makes the users)");
        var deployed = new DeployedMosquitto(["other", .. moreRigs]);
        var byCertificate = kind.EndsWith("certificate", StringComparison.Ordinal);
        if (kind.StartsWith("mosquitto", StringComparison.Ordinal))
        {
            await deployed.StartAsync();
            return new(deployed, null, deployed.Port, deployed.EncryptedPort, byCertificate);
        }

        var data = Directory.CreateDirectory(deployed.In("embedded")).FullName;
        await File.WriteAllLinesAsync(Path.Combine(data, "mqtt-passwords"), Directory.GetFiles(deployed.In("secrets")).Select(file => $"{Path.GetFileName(file)} {File.ReadAllText(file).Trim()}"));
        var web = ServiceProcess.FreePort();
        var settings = new EmbeddedBrokerSettings(deployed.Port, deployed.EncryptedPort, deployed.In("pki/broker.crt"), deployed.In("pki/broker.key"), deployed.In("pki/ca.crt"), web);
        return new(deployed, await EmbeddedBroker.StartAsync("bench", settings, data), deployed.Port, deployed.EncryptedPort, byCertificate) { WebSocketPort = web };
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        _deployed.Dispose();
    }

    /// <summary>Password of a user.</summary>
    public string Password(string user) => File.ReadAllText(_embedded is not null && user == "host-bench" ? _embedded.Host.PasswordFile! : In($"secrets/{user}")).Trim();

    /// <summary>How our own connections reach it.</summary>
    public BrokerSettings Settings(string user)
    {
        if (_byCertificate)
            return new("localhost", EncryptedPort, true, user, null, In("pki/ca.crt"), In($"pki/{user}.crt"), In($"pki/{user}.key"));
        if (_embedded is not null && user == "host-bench")
            return _embedded.Host;
        return new("127.0.0.1", Port, false, user, In($"secrets/{user}"), null, null, null);
    }

    /// <summary>Connects as a user.</summary>
    public async Task<TestClient> Connect(string user, Action<MqttClientOptionsBuilder>? more = null)
    {
        var client = new TestClient();
        var options = _byCertificate
            ? Encrypted(X509Certificate2.CreateFromPemFile(In($"pki/{user}.crt"), In($"pki/{user}.key")))
            : Plain().WithCredentials(user, Password(user));
        more?.Invoke(options);
        var answer = await client.Mqtt.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientConnectResultCode.Success, answer.ResultCode);
        return client;
    }

    /// <summary>Connects and expects to be refused, at whatever layer.</summary>
    public static async Task AssertRefused(MqttClientOptionsBuilder options, string who)
    {
        using var client = new TestClient();
        try
        {
            var answer = await client.Mqtt.ConnectAsync(options.WithTimeout(TimeSpan.FromSeconds(10)).Build(), TestContext.Current.CancellationToken);
            Assert.False(answer.ResultCode == MqttClientConnectResultCode.Success, $"{who} was let in");
        }
        catch (Exception refused) when (refused is MQTTnet.Exceptions.MqttCommunicationException or MQTTnet.Exceptions.MqttProtocolViolationException)
        {
            // By TLS.
        }
    }

    public MqttClientOptionsBuilder Plain() => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).WithProtocolVersion(MqttProtocolVersion.V500);

    public MqttClientOptionsBuilder Encrypted(X509Certificate2? certificate)
    {
        X509Certificate2Collection trusted = [];
        trusted.ImportFromPemFile(In("pki/ca.crt"));
        return new MqttClientOptionsBuilder().WithTcpServer("localhost", EncryptedPort).WithProtocolVersion(MqttProtocolVersion.V500).WithTlsOptions(tls =>
        {
            tls.UseTls().WithTargetHost("localhost").WithRevocationMode(X509RevocationMode.NoCheck).WithTrustChain(trusted);
            if (certificate is not null)
                tls.WithClientCertificates([X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)]);
        });
    }
}

using CycleRig.Core.Telemetry;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>
/// A broker that cannot be had: one clear line and one alarm, then quiet while it is tried again; mended, rows flow without a restart.
/// </summary>
public sealed class BadBrokerTests
{
    private const int LinesMax = 2;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_cause_is_one_line_and_one_alarm_and_goes_when_it_is_mended()
    {
        await using var broker = await BrokerUnderTest.StartAsync("mosquitto, certificate", "authority", "expired", "strange");
        using var folder = new TemporaryFolder();
        await Task.WhenAll(
            NobodyListens(folder.Path), WrongPassword(broker, folder.Path), WrongAuthority(broker, folder.Path), ExpiredClient(broker, folder.Path),
            StrangersCertificate(broker, folder.Path), ExpiredBroker(broker, folder.Path));
    }

    /// <summary>Each sends the other away; they come back more and more rarely, and once one has ended the other goes on.</summary>
    [Fact]
    public async Task Two_processes_under_one_user_say_so_without_a_flood()
    {
        const int linesMax = 14; // Back after 0.25, 0.5, 1, 2 and 4 s, a line when it comes and one when it goes, and some to spare.
        await using var broker = await BrokerUnderTest.StartAsync("mosquitto, password");
        await using var stays = new TelemetryLine(broker.Settings("host-bench"));
        await using (var second = new TelemetryLine(broker.Settings("host-bench")))
        {
            var began = TimeProvider.System.GetTimestamp();
            await LiveRig.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > Watched), "some seconds");
            Assert.Contains(stays.Told, told => told.Text.Contains("whether a second process runs with this user", StringComparison.Ordinal));
            Assert.True(stays.Told.Count <= linesMax && second.Told.Count <= linesMax, string.Join('\n', stays.Told.Concat(second.Told)));
        }

        stays.Append(10, Utc);
        await stays.Arrives();
        await stays.IsQuiet();
    }

    private static async Task NobodyListens(string folder)
    {
        var port = ServiceProcess.FreePort();
        var data = Directory.CreateDirectory(Path.Combine(folder, "nobody")).FullName;
        var secret = Path.Combine(data, "mqtt-host");
        await File.WriteAllTextAsync(secret, "not yet");
        EmbeddedBroker? broker = null;
        try
        {
            await Suffers(new("127.0.0.1", port, false, "host-bench", secret, null, null, null), "cannot be reached", async () =>
                broker = await EmbeddedBroker.StartAsync("bench", EmbeddedBrokerSettings.Default with { Port = port }, data));
        }
        finally
        {
            if (broker is not null)
                await broker.DisposeAsync();
        }
    }

    private static Task WrongPassword(BrokerUnderTest broker, string folder)
    {
        var secret = Path.Combine(folder, "password");
        File.WriteAllText(secret, "guess");
        return Suffers(new("127.0.0.1", broker.Port, false, "host-bench", secret, null, null, null), "refused host-bench: ", () => File.WriteAllTextAsync(secret, broker.Password("host-bench")));
    }

    private static async Task WrongAuthority(BrokerUnderTest broker, string folder)
    {
        using var strangers = new Authority();
        var file = Path.Combine(folder, "ca.crt");
        await File.WriteAllTextAsync(file, strangers.Pem);
        await Suffers(Of(broker, "authority") with { AuthorityFile = file }, "is not trusted", () => File.WriteAllTextAsync(file, File.ReadAllText(broker.In("pki/ca.crt"))), "authority");
    }

    private static async Task ExpiredClient(BrokerUnderTest broker, string folder)
    {
        using var ours = Authority.Of(broker);
        await Certificate(broker, folder, "expired", ours, isExpired: true);
    }

    private static async Task StrangersCertificate(BrokerUnderTest broker, string folder)
    {
        using var strangers = new Authority();
        await Certificate(broker, folder, "strange", strangers, isExpired: false);
    }

    private static async Task Certificate(BrokerUnderTest broker, string folder, string rig, Authority authority, bool isExpired)
    {
        var (certificate, key) = (Path.Combine(folder, rig + ".crt"), Path.Combine(folder, rig + ".key"));
        Authority.Write(authority.Issue($"host-{rig}", isExpired), certificate, key);
        await Suffers(
            Of(broker, rig) with { CertificateFile = certificate, KeyFile = key },
            "certificate",
            () =>
            {
                File.Copy(broker.In($"pki/host-{rig}.key"), key, overwrite: true);
                File.Copy(broker.In($"pki/host-{rig}.crt"), certificate, overwrite: true);
                return Task.CompletedTask;
            },
            rig);
    }

    private static async Task ExpiredBroker(BrokerUnderTest other, string folder)
    {
        using var ours = Authority.Of(other);
        var (certificate, key, data) = (Path.Combine(folder, "broker.crt"), Path.Combine(folder, "broker.key"), Directory.CreateDirectory(Path.Combine(folder, "embedded")).FullName);
        Authority.Write(ours.Issue("localhost", isExpired: true), certificate, key);
        var settings = new EmbeddedBrokerSettings(ServiceProcess.FreePort(), ServiceProcess.FreePort(), certificate, key, null, null);
        var broker = await EmbeddedBroker.StartAsync("bench", settings, data);
        try
        {
            var secret = broker.Host.PasswordFile!;
            await Suffers(new("localhost", settings.EncryptedPort!.Value, true, "host-bench", secret, other.In("pki/ca.crt"), null, null), "is not trusted", async () =>
            {
                await broker.DisposeAsync();
                Authority.Write(ours.Issue("localhost"), certificate, key);
                broker = await EmbeddedBroker.StartAsync("bench", settings, data);
            });
        }
        finally
        {
            await broker.DisposeAsync();
        }
    }

    private static BrokerSettings Of(BrokerUnderTest broker, string rig) => broker.Settings($"host-{rig}") with { User = null };

    /// <summary>Sees the cause, counts what is said of it for some seconds, mends it, and sees rows flow.</summary>
    private static async Task Suffers(BrokerSettings settings, string words, Func<Task> mend, string rig = "bench")
    {
        await using var line = new TelemetryLine(settings, rig: rig);
        line.Append(10, Utc);
        await line.Tells(words);
        var began = TimeProvider.System.GetTimestamp();
        await LiveRig.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > Watched), "some seconds");
        Assert.Single(line.Troubles.Open);
        Assert.True(line.Told.Count <= LinesMax, string.Join('\n', line.Told));
        Assert.All(line.Told, told => Assert.DoesNotContain('\n', told.Text));
        await mend();
        await line.Arrives();
        await line.IsQuiet();
        Assert.False(line.Told.Last().IsOpen);
    }
}

using CycleRig.Core.Telemetry;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>A database that does not take rows: one clear line and one alarm, then quiet; mended, everything is in it without a restart.</summary>
public sealed class BadDatabaseTests
{
    private const int Rows = 20;
    private const int LinesMax = 2;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_cause_is_one_line_and_one_alarm_and_goes_when_it_is_mended()
    {
        Assert.SkipWhen(ServiceProcess.Find("influxd") is null || ServiceProcess.Find("mosquitto") is null, "influxdb or mosquitto is not installed");
        await Task.WhenAll(NobodyListens(), NoDatabase(), WrongPassword(), NoRights());
    }

    private static async Task NobodyListens()
    {
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path);
        await Suffers(influx, Of(influx), "cannot be written to", () => influx.StartAsync());
    }

    private static async Task NoDatabase()
    {
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path);
        await influx.StartAsync(hasDatabase: false);
        await Suffers(influx, Of(influx), "has no database cyclerig", () => influx.Do($"CREATE DATABASE {InfluxDb.Database}"));
    }

    private static async Task WrongPassword()
    {
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path, asksWho: true);
        await influx.StartAsync();
        await influx.Do("CREATE USER writer WITH PASSWORD 'right'");
        await influx.Do($"GRANT WRITE ON {InfluxDb.Database} TO writer");
        var secret = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(secret, "wrong");
        await Suffers(influx, Of(influx) with { User = "writer", SecretFile = secret }, "(401: ", () => File.WriteAllTextAsync(secret, "right"));
    }

    private static async Task NoRights()
    {
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path, asksWho: true);
        await influx.StartAsync();
        await influx.Do("CREATE USER writer WITH PASSWORD 'right'");
        var secret = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(secret, "right");
        await Suffers(influx, Of(influx) with { User = "writer", SecretFile = secret }, "(403: ", () => influx.Do($"GRANT WRITE ON {InfluxDb.Database} TO writer"));
    }

    private static DatabaseSettings Of(InfluxDb influx) => new(influx.Address, true, InfluxDb.Database, null, null, null);

    /// <summary>Sees the cause, counts what is said of it for some seconds, mends it, and sees rows arrive.</summary>
    private static async Task Suffers(InfluxDb influx, DatabaseSettings database, string words, Func<Task> mend)
    {
        using var folder = new TemporaryFolder();
        using var broker = Mosquitto.Open(folder.Path);
        await broker.StartAsync();
        var settings = new BrokerSettings("127.0.0.1", broker.Port, false, null, null, null, null, null);
        await using var line = new TelemetryLine(settings, settings, database);
        line.Append(Rows, Utc);
        await line.Tells(words);
        var began = TimeProvider.System.GetTimestamp();
        await LiveRig.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > Watched), "some seconds");
        Assert.Contains("ows wait in the journal", Assert.Single(line.Troubles.Open).Text, StringComparison.Ordinal);
        Assert.True(line.Told.Count <= LinesMax, string.Join('\n', line.Told));
        Assert.False(line.IsDone);
        await mend();
        await line.Arrives();
        await line.IsQuiet();
        Assert.Equal(Rows, await influx.Count("sample"));
        Assert.False(File.Exists(line.DeadLetters));
    }
}

using CycleRig.Core.Telemetry;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests;

public sealed class TelemetryFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_broker_of_ones_own_and_InfluxDB_2()
    {
        foreach (var name in (string[])["password", "ca.crt", "bench.crt", "bench.key", "token"])
            File.WriteAllText(In(name), "");
        Assert.Equal(
            new(
                new("broker.lab", 8884, true, "host-bench", In("password"), In("ca.crt"), In("bench.crt"), In("bench.key")),
                EmbeddedBrokerSettings.Default, HistorianPlace.Elsewhere, new(new("http://db:8086"), false, "cyclerig", "lab", null, In("token"))),
            Read("""
                format: 1
                broker: {url: "mqtts://broker.lab:8884", user: host-bench, password_file: password, ca: ca.crt, certificate: bench.crt, key: bench.key}
                historian: elsewhere
                influxdb: {url: "http://db:8086", bucket: cyclerig, org: lab, token_file: token}
                """));
    }

    [Fact]
    public void A_broker_in_the_process_and_InfluxDB_1()
    {
        File.WriteAllText(In("b.crt"), "");
        File.WriteAllText(In("secret"), "");
        Assert.Equal(
            new(null, new(1884, 8883, In("b.crt"), null, null, 9001), HistorianPlace.Here, new(new("http://127.0.0.1:8086"), true, "cyclerig", null, "writer", In("secret"))),
            Read("""
                format: 1
                embedded: {port: 1884, tls_port: 8883, certificate: b.crt, websocket_port: 9001}
                historian: here
                influxdb: {url: "http://127.0.0.1:8086", database: cyclerig, user: writer, password_file: secret}
                """));
    }

    [Theory]
    [InlineData("mqtt://broker.lab", 1883, false)]
    [InlineData("mqtts://broker.lab", 8883, true)]
    public void A_port_may_be_left_out(string url, int port, bool isEncrypted) =>
        Assert.Equal((port, isEncrypted), Read($"format: 1\nbroker: {{url: \"{url}\"}}\n").Broker is { } broker ? (broker.Port, broker.IsEncrypted) : default);

    [Fact]
    public void Almost_nothing_is_a_broker_in_the_process_and_no_database() => Assert.Equal(TelemetrySettings.Default, Read("format: 1\n"));

    [Fact]
    public void The_example_is_sound() => Assert.Equal(
        HistorianPlace.Here, TelemetryFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "telemetry", "quick.yaml")).Historian);

    /// <summary>Place and mend of each slip; the content follows `format: 1`, so its first line is 2.</summary>
    [Theory]
    [InlineData("broker: {url: \"http://lab:1883\"}", 2, "`http://lab:1883` is no address of mqtt or mqtts", "write one such as mqtt://")]
    [InlineData("broker: {url: \"mqtt://ann:secret@lab\"}", 2, "without a password in it", "write one such as")]
    [InlineData("broker: {user: ann}", 2, "url", "mqtt://127.0.0.1:1883")]
    [InlineData("broker: {url: \"mqtt://lab\", ca: here.txt}", 2, "ca is for an encrypted connection", "write url: mqtts://")]
    [InlineData("broker: {url: \"mqtt://lab\", password_file: here.txt}", 2, "a password needs its user", "write user: NAME")]
    [InlineData("broker: {url: \"mqtts://lab\", certificate: missing.crt}", 2, "there is no file", "make it, or write another path")]
    [InlineData("broker: {url: \"mqtt://lab\"}\nembedded: {port: 1883}", 3, "a broker is named already", "write either broker or embedded")]
    [InlineData("embedded: {port: 70000}", 2, "70000", "65535")]
    [InlineData("embedded: {tls_port: 8883}", 2, "TLS needs a certificate", "write certificate: FILE and key: FILE")]
    [InlineData("historian: somewhere", 2, "somewhere", "elsewhere")]
    [InlineData("historian: here", 2, "a historian here needs to know where it writes", "write influxdb:")]
    [InlineData("influxdb: {url: \"http://lab:8086\"}", 2, "bucket", "write")]
    [InlineData("influxdb: {url: \"lab:8086\", bucket: b}", 2, "is no address of http or https", "write one such as http://")]
    [InlineData("influxdb: {url: \"http://lab:8086\", bucket: b, database: d}", 2, "InfluxDB 1.x has a database", "write one of them")]
    [InlineData("influxdb: {url: \"http://lab:8086\", database: d, password_file: here.txt}", 2, "a password needs its user", "write user: NAME")]
    [InlineData("influxdb: {url: \"http://lab:8086\", bucket: b, tokn_file: here.txt}", 2, "tokn_file", "")]
    [InlineData("mqtt: {}", 2, "mqtt", "")]
    public void A_slip_is_one_line_with_place_and_mend(string content, int line, string what, string mend)
    {
        File.WriteAllText(In("here.txt"), "");
        var wrong = Assert.Throws<FileProblemsException>(() => Read("format: 1\n" + content + "\n"));
        var problem = Assert.Single(wrong.Problems);
        Assert.Equal(line, problem.Line);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.Contains(mend, problem.What, StringComparison.Ordinal);
        Assert.Matches(@"^.+telemetry\.yaml:\d+:\d+: [^\n]+$", problem.ToString());
    }

    [Fact]
    public void Every_slip_is_told_at_once()
    {
        var wrong = Assert.Throws<FileProblemsException>(() => Read("format: 1\nbroker: {url: nowhere}\nhistorian: perhaps\ninfluxdb: {url: \"ftp://x\", bucket: b}\n"));
        Assert.Equal([2, 3, 4], wrong.Problems.Select(problem => problem.Line));
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private TelemetrySettings Read(string content)
    {
        File.WriteAllText(In("telemetry.yaml"), content);
        return TelemetryFile.Read(In("telemetry.yaml"));
    }
}

using CycleRig.Core.Telemetry;
using CycleRig.Files.Yaml;

namespace CycleRig.Files;

/// <summary>Reads a telemetry file: broker, historian, database. Paths in it are relative to its folder; secrets stand in files of their own.</summary>
public static class TelemetryFile
{
    private const int PortMax = 65535;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileProblemsException">Anything in the file is wrong.</exception>
    public static TelemetrySettings Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return YamlFile.Read(path, file =>
        {
            file.Count("format", 1, 1);
            var broker = file.OptionalMap("broker") is { } map ? Broker(map, folder) : null;
            var embedded = file.OptionalMap("embedded") is { } own ? Embedded(own, folder) : EmbeddedBrokerSettings.Default;
            if (broker is not null && file.Has("embedded"))
                file.Report("embedded", "a broker is named already; write either broker or embedded");
            var historian = file.Has("historian")
                ? file.Choice("historian", ("none", HistorianPlace.None), ("here", HistorianPlace.Here), ("elsewhere", HistorianPlace.Elsewhere))
                : HistorianPlace.None;
            var database = file.OptionalMap("influxdb") is { } influx ? Database(influx, folder) : null;
            if (historian is HistorianPlace.Here && database is null)
                file.Report("historian", "a historian here needs to know where it writes; write influxdb: {url: ..., bucket: ...} too");
            if (historian is HistorianPlace.Here && broker is ({ User: not null } or { CertificateFile: not null }))
                file.Report("historian", "a historian is another user at this broker, with other rights; write historian: elsewhere, and run `cyclerig historian` with its own file");
            return new TelemetrySettings(broker, embedded, historian, database);
        });
    }

    private static BrokerSettings? Broker(YamlMap map, string folder)
    {
        var address = Address(map, "url", "mqtt://127.0.0.1:1883", "mqtt", "mqtts");
        var encrypted = address?.Scheme == "mqtts";
        var broker = new BrokerSettings(
            address?.Host ?? "", address is { Port: > 0 and var port } ? port : encrypted ? 8883 : 1883, encrypted, map.OptionalText("user"),
            Existing(map, "password_file", folder), Existing(map, "ca", folder), Existing(map, "certificate", folder), Existing(map, "key", folder));
        foreach (var key in (string[])["ca", "certificate", "key"])
        {
            if (!encrypted && map.Has(key))
                map.Report(key, $"{key} is for an encrypted connection; write url: mqtts://HOST:8883");
        }

        if (broker.PasswordFile is not null && broker.User is null)
            map.Report("password_file", "a password needs its user; write user: NAME");
        return broker;
    }

    private static EmbeddedBrokerSettings Embedded(YamlMap map, string folder)
    {
        int? encrypted = map.Has("tls_port") ? map.Count("tls_port", 1, PortMax) : null;
        var certificate = Existing(map, "certificate", folder);
        if (encrypted is not null && certificate is null && map.IsSound("certificate"))
            map.Report("tls_port", "TLS needs a certificate; write certificate: FILE and key: FILE");
        return new(
            map.Count("port", 0, PortMax, 0), encrypted, certificate, Existing(map, "key", folder), Existing(map, "client_ca", folder),
            map.Has("websocket_port") ? map.Count("websocket_port", 1, PortMax) : null);
    }

    private static DatabaseSettings? Database(YamlMap map, string folder)
    {
        var address = Address(map, "url", "http://127.0.0.1:8086", "http", "https");
        var isOne = map.Has("database");
        if (isOne && map.OptionalText("bucket") is not null)
            map.Report("bucket", "InfluxDB 1.x has a database, 2.x and 3.x have a bucket; write one of them");
        var bucket = map.Text(isOne ? "database" : "bucket", "a bucket such as `cyclerig`; for InfluxDB 1.x write `database`");
        var secret = isOne ? Existing(map, "password_file", folder) : Existing(map, "token_file", folder);
        var user = isOne ? map.OptionalText("user") : null;
        if (isOne && secret is not null && user is null)
            map.Report("password_file", "a password needs its user; write user: NAME");
        return new(address ?? new("http://127.0.0.1:8086"), isOne, bucket, isOne ? null : map.OptionalText("org"), user, secret);
    }

    private static Uri? Address(YamlMap map, string key, string example, params string[] schemes)
    {
        var text = map.Text(key, example);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme) && address.Host.Length > 0
            && address.UserInfo.Length == 0)
            return address;
        if (text.Length > 0)
            map.Report(key, $"`{text}` is no address of {string.Join(" or ", schemes)} without a password in it; write one such as {example}");
        return null;
    }

    private static string? Existing(YamlMap map, string key, string folder)
    {
        if (map.OptionalText(key) is not { } text)
            return null;
        var path = Path.Combine(folder, text);
        if (!File.Exists(path))
            map.Report(key, $"there is no file {path}; make it, or write another path");
        return path;
    }
}

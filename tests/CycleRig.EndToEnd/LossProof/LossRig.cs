using System.Globalization;
using CycleRig.Testing;
using CycleRig.Testing.Services;

namespace CycleRig.EndToEnd.LossProof;

/// <summary>Eight channels that record every sample, and all that stands between them and the database, each a process of its own.</summary>
internal sealed class LossRig : IAsyncDisposable
{
    /// <summary>Room for three days of eight channels, without which no run begins.</summary>
    private const int DiskKibibytes = 3 * 1024 * 1024;

    public const string Protocol = """
        format: 1
        protocol: loss
        steps:
          - rest: {duration: 1 s}
          - peis: {from: 1 MHz, to: 100 Hz, points_per_decade: 6, amplitude: 10 mV}
          - plate:
              current_density: 0.1 mA/cm²
              until: {capacity: 0.05 mAh/cm²}
              geis: {from: 1 MHz, to: 100 Hz, points_per_decade: 6, amplitude: 0.02 mA/cm², every: 10 s}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SmallDisk? _disk;
    private CycleRigProcess? _devices;
    private CycleRigProcess? _host;
    private CycleRigProcess? _historian;

    private LossRig()
    {
        Data = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        _disk = SmallDisk.Mount(Data, DiskKibibytes);
        Broker = Mosquitto.Open(_folder.Path);
        Influx = new(_folder.Path);
        HostWay = new(Broker.Port);
        HistorianWay = new(Broker.Port);
        Api = new(Data);
    }

    public string Data { get; }

    public RigApi Api { get; }

    public ServiceProcess Broker { get; }

    public InfluxDb Influx { get; }

    /// <summary>From the host to the broker.</summary>
    public FaultProxy HostWay { get; }

    /// <summary>From the historian to the broker.</summary>
    public FaultProxy HistorianWay { get; }

    /// <summary>From the historian to the database.</summary>
    public FaultyDatabase Database { get; private set; } = null!;

    public string Said => $"{_devices?.Output}\n--- host\n{_host?.Output}\n--- historian\n{_historian?.Output}";

    private string Socket => Path.Combine(_folder.Path, "dh.sock");

    public static async Task<LossRig> StartAsync()
    {
        var rig = new LossRig();
        await rig.Broker.StartAsync();
        await rig.Influx.StartAsync();
        rig.Database = await FaultyDatabase.StartAsync(rig.Influx.Address);
        var one = await File.ReadAllTextAsync(LiveRig.Rig);
        var channel = one[one.IndexOf("  - name: ch-1", StringComparison.Ordinal)..];
        await File.WriteAllTextAsync(rig.In("rig.yaml"), one.Replace("seed: 1", "seed: 1\nrecord: every_sample", StringComparison.Ordinal) + string.Concat(Enumerable.Range(2, 7).Select(n =>
            channel.Replace("ch-1", $"ch-{n}", StringComparison.Ordinal).Replace("potentiostat-1-1", $"potentiostat-1-{n}", StringComparison.Ordinal).Replace("id: cell-1", $"id: cell-{n}", StringComparison.Ordinal))));
        await rig.Telemetry("host.yaml", rig.HostWay.Port, "host-bench");
        await rig.Telemetry("historian.yaml", rig.HistorianWay.Port, "historian");
        await rig.StartDevicesAsync();
        await rig.StartHostAsync();
        rig.StartHistorian();
        await LiveRig.Until(async () => await rig.Api.Get("rig") is { } seen && seen["channels"]!.AsArray().All(known => known!["sample_seconds"] is not null), "the first samples", () => rig.Said);
        return rig;
    }

    public async Task RestartDevicesAsync()
    {
        _devices!.Dispose();
        File.Delete(Socket);
        await StartDevicesAsync();
    }

    public async Task RestartHostAsync()
    {
        _host!.Dispose();
        await StartHostAsync();
    }

    public void RestartHistorian()
    {
        _historian!.Dispose();
        StartHistorian();
    }

    /// <summary>Fills the disk of the data folder; the action that is returned makes room again. Null where no disk could be mounted.</summary>
    public Action? FillDisk()
    {
        if (_disk is null)
            return null;
        _disk.Fill();
        return () => File.Delete(Path.Combine(Data, "filled"));
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        _devices?.Dispose();
        _historian?.Dispose();
        HostWay.Dispose();
        HistorianWay.Dispose();
        if (Database is not null)
            await Database.DisposeAsync();
        Broker.Dispose();
        Influx.Dispose();
        _disk?.Dispose();
        _folder.Dispose();
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private Task Telemetry(string name, int broker, string user) => File.WriteAllTextAsync(In(name), string.Create(CultureInfo.InvariantCulture, $"""
        format: 1
        broker: {"{"}url: "mqtt://127.0.0.1:{broker}", user: {user}{"}"}
        historian: elsewhere
        influxdb: {"{"}url: "{Database.Address}", database: {InfluxDb.Database}{"}"}
        """));

    private async Task StartDevicesAsync()
    {
        _devices = CycleRigProcess.Start("device-host", "--rig", In("rig.yaml"), "--socket", Socket);
        await LiveRig.Until(() => Task.FromResult(File.Exists(Socket)), "the device host to listen", () => _devices.Output);
    }

    private async Task StartHostAsync()
    {
        File.Delete(Path.Combine(Data, "address"));
        // A full disk keeps a host from starting; a person tries again.
        await LiveRig.Until(
            async () =>
            {
                _host = CycleRigProcess.Start("serve", "--rig", In("rig.yaml"), "--data", Data, "--device-host", Socket, "--telemetry", In("host.yaml"));
                await LiveRig.Until(() => Task.FromResult(File.Exists(Path.Combine(Data, "address")) || _host.HasExited), "the host to serve or to give up", () => _host.Output);
                return !_host.HasExited;
            },
            "the host to serve",
            () => _host!.Output);
    }

    private void StartHistorian() => _historian = CycleRigProcess.Start("historian", "--telemetry", In("historian.yaml"), "--dead-letters", In("dead.jsonl"));
}

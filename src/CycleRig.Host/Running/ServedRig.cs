using System.Net;
using System.Runtime.InteropServices;
using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.Core.Telemetry;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Grains.Running;
using CycleRig.Storage.History;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Publishing;
using CycleRig.Web;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CycleRig.Host.Running;

/// <summary>A rig in real time: loop, devices or the link to their process, journal, grains, API.</summary>
internal sealed class ServedRig : IAsyncDisposable
{
    private static readonly TimeSpan OffWithin = TimeSpan.FromSeconds(3);

    /// <summary>Volumes whose runs are closed and that all readers have passed leave after 90 days.</summary>
    private static readonly TimeSpan RetireEvery = TimeSpan.FromHours(1);

    private static readonly TimeSpan LookAtDiskEvery = TimeSpan.FromSeconds(5);

    /// <summary>What the database has not taken by then waits in the journal for the next start.</summary>
    private static readonly TimeSpan RowsOutWithin = TimeSpan.FromSeconds(3);

    private readonly RealRigTime _time;
    private readonly DeviceHost? _devices;
    private readonly SocketLink? _socket;
    private readonly Journal _journal;
    private readonly DataFolder _data;
    private readonly WebApplication _app;
    private readonly TelemetryService _telemetry;
    private readonly List<PosixSignalRegistration> _signals = [];

    private ServedRig(RealRigTime time, DeviceHost? devices, SocketLink? socket, Journal journal, DataFolder data, WebApplication app, TelemetryService telemetry, RigRuntime runtime) =>
        (_time, _devices, _socket, _journal, _data, _app, _telemetry, Runtime) = (time, devices, socket, journal, data, app, telemetry, runtime);

    public RigRuntime Runtime { get; }

    public string Address { get; private set; } = "";

    /// <summary>The MQTT broker, and where its passwords stand if it is the one in this process.</summary>
    public string Mqtt => _telemetry.Passwords is { } passwords ? $"{_telemetry.Address} (passwords in {System.IO.Path.GetRelativePath(Environment.CurrentDirectory, passwords)})" : _telemetry.Address.ToString();

    /// <summary>Starts everything and attaches every channel.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="data">Its data folder.</param>
    /// <param name="deviceSocket">Socket of a device host of its own, or null for one in this process.</param>
    /// <param name="port">Port on loopback; 0 for a free one.</param>
    /// <param name="telemetry">Broker, historian, database.</param>
    /// <param name="tell">Shown what happens.</param>
    /// <exception cref="JournalLockedException">Another host holds the folder.</exception>
    /// <exception cref="DeviceHostTakenException">Another host is connected to the device host.</exception>
    public static async Task<ServedRig> StartAsync(RigDescription rig, DataFolder data, string? deviceSocket, int port, TelemetrySettings telemetry, Action<string> tell)
    {
        if (deviceSocket is not null && DeviceHostServer.HasHost(deviceSocket))
            throw new DeviceHostTakenException(deviceSocket);
        var journal = Journal.Open(data.Path, JournalOptions.Default with { Readers = telemetry.Historian is HistorianPlace.None ? [] : [JournalPublisher.Reader] });
        var time = new RealRigTime(TimeProvider.System, fault => tell($"fault on the rig's loop: {fault.Message}"));
        var socket = deviceSocket is null ? null : new SocketLink(deviceSocket, time, tell);
        var devices = socket is null ? Simulated(rig, time) : null;
        var link = socket ?? (IDeviceLink)new LocalLink(devices!, time, Latency.None);
        var runtime = new RigRuntime(rig, new Dictionary<string, Protocol>(), time, link, journal, Latency.None);
        runtime.Faulted += fault => tell($"fault: {fault.Message}");
        runtime.Noted += (channel, text) => tell($"{channel}  {text}");
        if (journal.OpenReport.Damage is { } damage)
            tell($"journal: {damage}");
        var app = Build(runtime, data, port);
        await app.StartAsync();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        runtime.Start(grains);
        var service = await TelemetryService.StartAsync(
            rig.Name, journal, RigHost.WithPort(telemetry), data.Path, RigHalt.Target(runtime, grains), trouble => Told(runtime, trouble, tell));
        var served = new ServedRig(time, devices, socket, journal, data, app, service, runtime);
        served.Address = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        time.Every(RetireEvery, () => runtime.Track(Task.Run(() => journal.Retire(runtime.Time.UtcNow))));
        time.Every(LookAtDiskEvery, () => runtime.Track(Task.Run(() => LookAtDisk(runtime, data))));
        data.DeviceSocket = deviceSocket;
        data.WriteAddress(served.Address);
        // A grain that holds an open run is activated now, not by the first click.
        foreach (var channel in runtime.Channels)
            await grains.GetGrain<IChannelGrain>(runtime.Key(channel)).View();
        return served;
    }

    /// <summary>Devices of a simulated rig, in this process.</summary>
    public static DeviceHost Simulated(RigDescription rig, RigTime time)
    {
        var simulated = new SimulatedRig(rig, rig.Seed, time);
        return new(Guid.CreateVersion7(), time, simulated.Wirings, simulated.Devices);
    }

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Waits for Ctrl-C, SIGTERM or SIGHUP, or for the token; then turns every cell off, confirmed.</summary>
    public async Task UntilStoppedAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stopped.TrySetResult();
            }));
        }

        await using var registered = cancellation.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await TurnOffAsync();
        _data.ForgetAddress();
        _signals.ForEach(signal => signal.Dispose());
        Runtime.Stop();
        await _app.StopAsync();
        try
        {
            _journal.Flush();
        }
        finally
        {
            await _telemetry.FinishAsync(RowsOutWithin);
            await _telemetry.DisposeAsync();
            _socket?.Dispose();
            _time.Dispose();
            await _app.DisposeAsync();
            _journal.Dispose();
        }
    }

    /// <summary>Turns every cell off and waits for the confirmations; open runs halt with the reason.</summary>
    /// <returns>Channels whose cell is not confirmed off within 3 s.</returns>
    public async Task<IReadOnlyList<string>> TurnOffAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        if (_devices is { } devices)
            _time.Post(() => devices.ShutDown("the host was shut down", _ => { }));
        foreach (var view in (await View()).Where(view => view.State is "running" or "settling"))
            Runtime.Tell(view.Channel, new CauseFound(Reason.HostStopped, "the host was shut down"));
        while (true)
        {
            List<string> open = [.. (await View()).Where(view => view.State is "running" or "settling" || !view.CellIsOff).Select(view => view.Channel)];
            if (open.Count == 0 || TimeProvider.System.GetElapsedTime(began) > OffWithin)
                return open;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static void LookAtDisk(RigRuntime runtime, DataFolder data)
    {
        var drive = new DriveInfo(data.Path);
        runtime.Disk.Read(drive.AvailableFreeSpace, drive.TotalSize);
    }

    /// <summary>A trouble of telemetry is an event of the rig: it stands in the journal as an alarm that comes and goes.</summary>
    private static void Told(RigRuntime runtime, Trouble trouble, Action<string> tell)
    {
        tell(trouble.ToString());
        if (trouble.IsOpen)
            runtime.Alarms.Raise(trouble.Kind, trouble.Text);
        else
            runtime.Alarms.Clear(trouble.Kind);
    }

    private async Task<IReadOnlyList<ChannelView>> View() => (await Grains.GetGrain<IRigGrain>(Runtime.Rig.Name).View()).Channels;

    private static WebApplication Build(RigRuntime runtime, DataFolder data, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        RigHost.AddRig(builder, runtime);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals);
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        app.MapCycleRigApi(new(
            runtime.Rig.Name, runtime.Channels, (channel, cause) => runtime.Link.Send(channel, new CellOff(Finish: false, cause)), grains, () => runtime.Time.Now, Guid.CreateVersion7, data.Token(), data.Path, new JournalHistory(runtime.Journal.Reader)));
        return app;
    }
}

using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Halting;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Telemetry.Publishing;

namespace CycleRig.Telemetry;

/// <summary>All that a served rig does over MQTT: its broker or the way to one, its rows, halts, and the historian where it runs here.</summary>
public sealed class TelemetryService : IAsyncDisposable
{
    private readonly EmbeddedBroker? _broker;
    private readonly JournalPublisher _publisher;
    private readonly HaltListener? _halts;
    private readonly Historian? _historian;
    private readonly InfluxWriter? _database;

    private TelemetryService(
        BrokerSettings address, EmbeddedBroker? broker, JournalPublisher publisher, HaltListener? halts, Historian? historian, InfluxWriter? database, TroubleBoard troubles)
    {
        (Address, _broker, _publisher, _halts, _historian, _database, Troubles) = (address, broker, publisher, halts, historian, database, troubles);
    }

    /// <summary>The broker.</summary>
    public BrokerSettings Address { get; }

    /// <summary>File with the passwords of the broker in the process, or null where the broker is another one.</summary>
    public string? Passwords => _broker?.Passwords.Path;

    /// <summary>What is wrong now.</summary>
    public TroubleBoard Troubles { get; }

    /// <summary>Starts it.</summary>
    /// <param name="rig">Name of the rig.</param>
    /// <param name="journal">Open for as long as this runs.</param>
    /// <param name="settings">Where to; the port of a broker in the process is not 0.</param>
    /// <param name="folder">Data folder: passwords, ids of halts, dead letters.</param>
    /// <param name="target">What halts act on, or null where nothing runs that a halt could stop.</param>
    /// <param name="tell">Told of troubles that come and go.</param>
    /// <exception cref="TelemetryException">A certificate cannot be read.</exception>
    public static async Task<TelemetryService> StartAsync(
        string rig, Journal journal, TelemetrySettings settings, string folder, HaltTarget? target, Action<Trouble> tell)
    {
        var troubles = new TroubleBoard(tell);
        var broker = settings.Broker is null ? await EmbeddedBroker.StartAsync(rig, settings.Embedded, folder) : null;
        var address = broker?.Host ?? settings.Broker!;
        var status = new StatusBook();
        var halts = target is null ? null : HaltListener.Start(target, address, new(Path.Combine(folder, "mqtt-halts")), status, troubles);
        var publisher = JournalPublisher.Start(rig, journal, address, settings.Historian != HistorianPlace.None, status, troubles);
        if (settings.Historian != HistorianPlace.Here || settings.Database is not { } database)
            return new(address, broker, publisher, halts, null, null, troubles);
        var writer = new InfluxWriter(database, troubles);
        var reader = broker is null ? address : address with { User = "historian", PasswordFile = HistorianSecret(broker, folder) };
        return new(address, broker, publisher, halts, Historian.Start(reader, null, writer, new(Path.Combine(folder, "dead-letters.jsonl"), TimeProvider.System), troubles), writer, troubles);
    }

    /// <summary>Waits until all that the journal has is published and, where a historian is expected, in the database.</summary>
    /// <param name="patience">How long at most.</param>
    /// <returns>Whether it is; if not, the rest waits in the journal.</returns>
    public async Task<bool> FinishAsync(TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!_publisher.IsDone && TimeProvider.System.GetElapsedTime(began) < patience)
            await timer.WaitForNextTickAsync();
        return _publisher.IsDone;
    }

    public async ValueTask DisposeAsync()
    {
        // What the journal has goes out first, and is written while the broker still stands.
        await _publisher.DisposeAsync();
        if (_historian is not null)
            await _historian.DisposeAsync();
        if (_halts is not null)
            await _halts.DisposeAsync();
        _database?.Dispose();
        if (_broker is not null)
            await _broker.DisposeAsync();
    }

    private static string HistorianSecret(EmbeddedBroker broker, string folder)
    {
        var path = Path.Combine(folder, "mqtt-historian");
        OwnerFile.Write(path, broker.Passwords.Of("historian") ?? "");
        return path;
    }
}

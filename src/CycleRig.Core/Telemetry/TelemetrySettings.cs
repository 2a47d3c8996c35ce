namespace CycleRig.Core.Telemetry;

/// <summary>What a telemetry file says: where rows are published, and who writes them to a database.</summary>
/// <param name="Broker">The broker, or null for the one in the process.</param>
/// <param name="Embedded">The broker in the process; not used where <paramref name="Broker"/> is given.</param>
/// <param name="Historian">Who brings rows from the broker to the database.</param>
/// <param name="Database">The database, or null where none is named.</param>
public sealed record TelemetrySettings(BrokerSettings? Broker, EmbeddedBrokerSettings Embedded, HistorianPlace Historian, DatabaseSettings? Database)
{
    /// <summary>A broker in the process on a free port of loopback, and no database.</summary>
    public static TelemetrySettings Default { get; } = new(null, EmbeddedBrokerSettings.Default, HistorianPlace.None, null);
}

/// <summary>Where the historian runs.</summary>
public enum HistorianPlace
{
    /// <summary>Nowhere: rows are published, the history is the journal.</summary>
    None,

    /// <summary>In the process that serves the rig.</summary>
    Here,

    /// <summary>In a process of its own, `cyclerig historian`: the durable cursor waits for what it acknowledges.</summary>
    Elsewhere,
}

/// <summary>The broker in the process.</summary>
/// <param name="Port">Port on loopback without encryption; 0 takes a free one.</param>
/// <param name="EncryptedPort">Port with TLS on every address, or null for none.</param>
/// <param name="CertificateFile">PEM of its certificate; needed for TLS.</param>
/// <param name="KeyFile">PEM of its key.</param>
/// <param name="ClientAuthorityFile">PEM of the authority that signs client certificates, or null: passwords only.</param>
/// <param name="WebSocketPort">Port on loopback where browsers speak MQTT over WebSocket at `/mqtt`, or null for none.</param>
public sealed record EmbeddedBrokerSettings(
    int Port, int? EncryptedPort, string? CertificateFile, string? KeyFile, string? ClientAuthorityFile, int? WebSocketPort)
{
    public static EmbeddedBrokerSettings Default { get; } = new(0, null, null, null, null, null);
}

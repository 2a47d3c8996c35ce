namespace CycleRig.Telemetry;

/// <summary>A broker, a database or a secret cannot be used; the message says what happened, where and what to do.</summary>
public sealed class TelemetryException(string message, Exception? inner = null) : Exception(message, inner);

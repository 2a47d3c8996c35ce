namespace CycleRig.Core.Telemetry;

/// <summary>How a client reaches an MQTT broker. Secrets stand in files of their own and are read when they are needed.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port, 1 to 65535.</param>
/// <param name="IsEncrypted">TLS.</param>
/// <param name="User">Name of the principal, or null where its certificate says it.</param>
/// <param name="PasswordFile">File whose first line is the password, or null.</param>
/// <param name="AuthorityFile">PEM of the certificate authority that signed the broker's certificate; null: those of the system.</param>
/// <param name="CertificateFile">PEM of the client's certificate, or null.</param>
/// <param name="KeyFile">PEM of its key, or null.</param>
public sealed record BrokerSettings(
    string Host, int Port, bool IsEncrypted, string? User, string? PasswordFile, string? AuthorityFile, string? CertificateFile, string? KeyFile)
{
    public override string ToString() => $"{(IsEncrypted ? "mqtts" : "mqtt")}://{Host}:{Port}";
}

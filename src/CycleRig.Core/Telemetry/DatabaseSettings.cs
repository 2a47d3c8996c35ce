namespace CycleRig.Core.Telemetry;

/// <summary>Where the historian writes: InfluxDB 2.x or 3.x (bucket, organisation, token) or 1.x (database, user, password).</summary>
/// <param name="Address">`http://host:8086` or `https://...`.</param>
/// <param name="IsVersion1">Whether it is written by `/write`, not by `/api/v2/write`.</param>
/// <param name="Bucket">Bucket, or the database of 1.x.</param>
/// <param name="Organisation">Organisation of 2.x, or null.</param>
/// <param name="User">User of 1.x, or null.</param>
/// <param name="SecretFile">File whose first line is the token of 2.x or the password of 1.x, or null where none is needed.</param>
public sealed record DatabaseSettings(Uri Address, bool IsVersion1, string Bucket, string? Organisation, string? User, string? SecretFile);

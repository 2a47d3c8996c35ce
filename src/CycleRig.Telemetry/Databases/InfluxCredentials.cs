using System.Text;
using CycleRig.Core.Telemetry;

namespace CycleRig.Telemetry.Databases;

/// <summary>Token of 2.x and 3.x, user and password of 1.x; the file is read at each request, so that a renewed secret needs no restart.</summary>
internal static class InfluxCredentials
{
    /// <exception cref="TelemetryException">The secret's file cannot be read.</exception>
    public static void Add(HttpRequestMessage request, DatabaseSettings database)
    {
        if (database.SecretFile is not { } file)
            return;
        var secret = Mqtt.BrokerTrust.Secret(file);
        request.Headers.Authorization = database.IsVersion1
            ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{database.User}:{secret}")))
            : new("Token", secret);
    }
}

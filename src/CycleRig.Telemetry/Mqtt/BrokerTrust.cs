using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CycleRig.Core.Telemetry;
using MQTTnet;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>Certificates and passwords of a connection, read from their files at each connect: a renewed file needs no restart.</summary>
internal static class BrokerTrust
{
    /// <summary>First line of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TelemetryException">It cannot be read.</exception>
    public static string Secret(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new TelemetryException($"{path} cannot be read: {unreadable.Message.TrimEnd('.')}. Check the path and its owner.", unreadable);
        }
    }

    /// <summary>Adds TLS to the options of a client.</summary>
    /// <param name="options">The options.</param>
    /// <param name="broker">Which files.</param>
    /// <exception cref="TelemetryException">A file is no certificate or key.</exception>
    public static void Encrypt(MqttClientOptionsBuilder options, BrokerSettings broker)
    {
        try
        {
            options.WithTlsOptions(tls =>
            {
                tls.UseTls().WithTargetHost(broker.Host).WithRevocationMode(X509RevocationMode.NoCheck);
                if (broker.AuthorityFile is { } authority)
                {
                    X509Certificate2Collection trusted = [];
                    trusted.ImportFromPemFile(authority);
                    tls.WithTrustChain(trusted);
                }

                if (broker.CertificateFile is { } certificate)
                    tls.WithClientCertificates([InForce(Certificate(certificate, broker.KeyFile), certificate)]);
            });
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new TelemetryException($"the certificates for {broker} cannot be read: {wrong.Message.TrimEnd('.')}. Check ca, certificate and key.", wrong);
        }
    }

    /// <summary>A broker refuses such a certificate without a word that says why.</summary>
    private static X509Certificate2 InForce(X509Certificate2 certificate, string path)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return now >= from && now <= to
            ? certificate
            : throw new TelemetryException(string.Create(CultureInfo.InvariantCulture, $"the certificate {path} is good from {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm} UTC, and now it is {now:yyyy-MM-dd}. Renew it, or set the clock right; no restart is needed."));
    }

    /// <summary>A certificate with its key, from PEM files.</summary>
    /// <param name="path">The certificate.</param>
    /// <param name="key">Its key, or null when it stands in the same file.</param>
    public static X509Certificate2 Certificate(string path, string? key)
    {
        using var pem = X509Certificate2.CreateFromPemFile(path, key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // A key that lives in memory alone serves no TLS on some systems.
    }
}

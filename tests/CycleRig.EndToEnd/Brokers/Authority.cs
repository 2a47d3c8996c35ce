using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>A certificate authority of the tests' own: certificates that a broker or a client must refuse, and their mended successors.</summary>
internal sealed class Authority : IDisposable
{
    private const int SerialBytes = 16;

    private readonly X509Certificate2 _root;

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority of the tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _root = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    private Authority(X509Certificate2 root) => _root = root;

    /// <summary>The authority that enrol.sh made.</summary>
    public static Authority Of(BrokerUnderTest broker) => new(X509Certificate2.CreateFromPemFile(broker.In("pki/ca.crt"), broker.In("pki/ca.key")));

    public string Pem => _root.ExportCertificatePem();

    public void Dispose() => _root.Dispose();

    /// <summary>A certificate of a user or, for `localhost`, of a broker.</summary>
    /// <param name="name">Subject CN.</param>
    /// <param name="isExpired">Whether it ended yesterday.</param>
    public X509Certificate2 Issue(string name, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        if (name == "localhost")
            request.CertificateExtensions.Add(names.Build());
        // Not by the certificate of the authority itself: that refuses to sign what began before its own first day.
        using var signing = _root.GetECDsaPrivateKey()!;
        var (from, to) = isExpired ? (Now.AddDays(-2), Now.AddDays(-1)) : (Now.AddMinutes(-1), Now.AddDays(1));
        using var issued = request.Create(_root.SubjectName, X509SignatureGenerator.CreateForECDsa(signing), from, to, RandomNumberGenerator.GetBytes(SerialBytes));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Writes a certificate and its key as PEM files.</summary>
    public static void Write(X509Certificate2 certificate, string certificateFile, string keyFile)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}

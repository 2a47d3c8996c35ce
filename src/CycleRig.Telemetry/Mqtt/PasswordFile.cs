using System.Security.Cryptography;
using System.Text;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>Users of the broker in the process: lines `user password`, readable by their owner alone, made at first use.</summary>
/// <param name="path">The file.</param>
public sealed class PasswordFile(string path)
{
    private static readonly string[] First = ["historian", "viewer", "operator", "admin"];

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Makes the file with a random password for each role, unless it is there.</summary>
    public void Make()
    {
        if (File.Exists(Path))
            return;
        OwnerFile.Write(Path, string.Concat(First.Select(user => $"{user} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}\n")));
    }

    /// <summary>Password of a user, or null; read anew each time, so that a changed line needs no restart.</summary>
    /// <param name="user">User name.</param>
    public string? Of(string user) => File.Exists(Path)
        ? File.ReadLines(Path).Select(line => line.Split(' ', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0] == user)?[1].Trim()
        : null;

    /// <summary>Whether a user and a password belong together; takes as long for a wrong one as for the right one.</summary>
    /// <param name="user">User name.</param>
    /// <param name="password">Password.</param>
    public bool Fits(string user, string password) =>
        Of(user) is { Length: > 0 } known && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(password));

    /// <summary>Whether a password is the only line of the file.</summary>
    /// <param name="password">Password.</param>
    internal bool FitsAlone(string password) => File.Exists(Path) && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(BrokerTrust.Secret(Path)), Encoding.UTF8.GetBytes(password));
}

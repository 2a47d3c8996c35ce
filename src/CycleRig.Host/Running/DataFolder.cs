using System.Security.Cryptography;

namespace CycleRig.Host.Running;

/// <summary>The data folder of a rig: journal, token, address.</summary>
/// <param name="path">The folder.</param>
internal sealed class DataFolder(string path)
{
    /// <summary>Where a rig keeps its data unless --data says otherwise.</summary>
    public const string Default = "cyclerig-data";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string TokenFile => System.IO.Path.Combine(Path, "token");

    private string AddressFile => System.IO.Path.Combine(Path, "address");

    /// <summary>The token of the API, made at first use, readable by its owner alone.</summary>
    public string Token()
    {
        Directory.CreateDirectory(Path);
        if (File.Exists(TokenFile))
            return File.ReadAllText(TokenFile).Trim();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(TokenFile, options);
        using var writer = new StreamWriter(file);
        writer.Write(token);
        return token;
    }

    public void WriteAddress(string address) => File.WriteAllText(AddressFile, address);

    public void ForgetAddress() => File.Delete(AddressFile);

    /// <summary>Address and token of the host that serves this folder, or null.</summary>
    public (string Address, string Token)? Host() =>
        File.Exists(AddressFile) && File.Exists(TokenFile) ? (File.ReadAllText(AddressFile).Trim(), File.ReadAllText(TokenFile).Trim()) : null;
}

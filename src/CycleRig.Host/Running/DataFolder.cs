using System.Security.Cryptography;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Running;

/// <summary>The data folder of a rig: journal, token, address.</summary>
/// <param name="path">The folder.</param>
internal sealed class DataFolder(string path)
{
    /// <summary>Where a rig keeps its data unless --data says otherwise.</summary>
    public const string Default = "cyclerig-data";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string TokenFile => System.IO.Path.Combine(Path, "token");

    private string DeviceSocketFile => System.IO.Path.Combine(Path, "device-socket");

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

    /// <summary>Socket of the device host that the last `serve` of this folder used, or null: a halt finds it when the host is gone.</summary>
    public string? DeviceSocket
    {
        get => File.Exists(DeviceSocketFile) ? File.ReadAllText(DeviceSocketFile).Trim() : null;
        set
        {
            if (value is null)
                File.Delete(DeviceSocketFile);
            else
                File.WriteAllText(DeviceSocketFile, System.IO.Path.GetFullPath(value));
        }
    }

    /// <summary>Address and token of the host that holds this folder's lock, or null. A host that was killed leaves its address behind.</summary>
    public (string Address, string Token)? Host() => File.Exists(AddressFile) && File.Exists(TokenFile) && Journal.IsHeld(Path)
        ? (File.ReadAllText(AddressFile).Trim(), File.ReadAllText(TokenFile).Trim())
        : null;
}

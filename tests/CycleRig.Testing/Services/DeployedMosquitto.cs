using System.Diagnostics;

namespace CycleRig.Testing.Services;

/// <summary>
/// deploy/mosquitto as it stands: copied, enrolled with its own script, started with its own configuration; only its two ports are others.
/// </summary>
public sealed class DeployedMosquitto : IDisposable
{
    private static readonly string[] Users = ["host-bench", "historian", "viewer", "operator", "admin"];

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProcess _process;

    /// <summary>Copies and enrols; nothing is started.</summary>
    /// <param name="moreRigs">Rigs for which the block of host-bench is copied, as access.acl says.</param>
    public DeployedMosquitto(params string[] moreRigs)
    {
        foreach (var file in (string[])["mosquitto.conf", "access.acl", "enrol.sh"])
            File.Copy(Path.Combine(SharedData.ProjectRoot(), "deploy", "mosquitto", file), In(file));
        Port = ServiceProcess.FreePort();
        EncryptedPort = ServiceProcess.FreePort();
        File.WriteAllText(In("mosquitto.conf"), File.ReadAllText(In("mosquitto.conf"))
            .Replace("listener 8883\n", $"listener {EncryptedPort}\n", StringComparison.Ordinal)
            .Replace("listener 1883 127.0.0.1\n", $"listener {Port} 127.0.0.1\n", StringComparison.Ordinal));
        var acl = File.ReadAllText(In("access.acl"));
        var block = acl[acl.IndexOf("user host-bench", StringComparison.Ordinal)..acl.IndexOf("user historian", StringComparison.Ordinal)];
        File.AppendAllText(In("access.acl"), string.Concat(moreRigs.Select(rig => "\n" + block.Replace("bench", rig, StringComparison.Ordinal))));
        Enrol("broker", "localhost", "127.0.0.1");
        foreach (var user in Users.Concat(moreRigs.Select(rig => $"host-{rig}")))
            Enrol("user", user);
        GiveToBroker();
        _process = new("mosquitto", ["-c", "mosquitto.conf"], Port, Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder.Path) + ".log"), _folder.Path);
    }

    /// <summary>Port on loopback, user and password.</summary>
    public int Port { get; }

    /// <summary>Port with TLS and client certificates.</summary>
    public int EncryptedPort { get; }

    /// <summary>Path of a file of it: `pki/NAME.crt`, `pki/NAME.key`, `pki/ca.crt`, `secrets/NAME`.</summary>
    /// <param name="name">Relative path.</param>
    public string In(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Runs enrol.sh.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It refused.</exception>
    public void Enrol(params string[] arguments) => Run("/bin/sh", [In("enrol.sh"), .. arguments]);

    /// <summary>Starts it and waits until it listens.</summary>
    public Task StartAsync() => _process.StartAsync();

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Dispose();
        File.Delete(Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder.Path) + ".log"));
        _folder.Dispose();
    }

    /// <summary>Started by root, mosquitto goes on as its own user, who then must own its files.</summary>
    private void GiveToBroker()
    {
        if (Environment.UserName == "root")
            Run("/bin/chown", ["-R", "mosquitto:", _folder.Path]);
    }

    private static void Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
    }
}

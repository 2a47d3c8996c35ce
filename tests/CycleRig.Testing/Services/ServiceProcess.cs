using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CycleRig.Testing.Services;

/// <summary>A server of the machine's packages, as a process of its own on a port of loopback; it may be killed and started again.</summary>
/// <param name="program">Program, looked for in the usual folders.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="port">Port that it listens on once it is there.</param>
/// <param name="log">File for what it says.</param>
/// <param name="folder">Folder that it works in; null: that of the tests.</param>
public sealed class ServiceProcess(string program, string[] arguments, int port, string log, string? folder = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin"];

    private Process? _process;

    /// <summary>Its port.</summary>
    public int Port { get; } = port;

    /// <summary>Where a program is, or null when its package is not installed.</summary>
    public static string? Find(string program) =>
        Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, ends at once, or does not listen in time.</exception>
    public async Task StartAsync()
    {
        var path = Find(program) ?? throw new InvalidOperationException($"{program} is not installed");
        // The shell gives way to the program, so that the process is its own.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = folder ?? "" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >>\"$SERVICE_LOG\" 2>&1");
        start.Environment["SERVICE_LOG"] = log;
        start.ArgumentList.Add(path);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        var began = TimeProvider.System.GetTimestamp();
        while (!await Listens(Port))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"{program} does not listen on {Port}: {(File.Exists(log) ? File.ReadAllText(log) : "")}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Sends a signal, such as STOP and CONT: it stands still, and its connections with it.</summary>
    /// <param name="name">Name of the signal.</param>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL: nothing in the process has a say.</summary>
    public void Kill()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose() => Kill();

    /// <summary>A port of loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

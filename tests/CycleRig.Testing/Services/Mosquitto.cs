namespace CycleRig.Testing.Services;

/// <summary>Debian's mosquitto on a free port of loopback.</summary>
public static class Mosquitto
{
    /// <summary>One that asks nobody who they are.</summary>
    /// <param name="folder">For its files.</param>
    public static ServiceProcess Open(string folder)
    {
        var port = ServiceProcess.FreePort();
        return Of(folder, port, $"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 2000\n");
    }

    /// <summary>One with this configuration.</summary>
    /// <param name="folder">For its files.</param>
    /// <param name="port">Port that the configuration names.</param>
    /// <param name="configuration">Content of its file.</param>
    public static ServiceProcess Of(string folder, int port, string configuration)
    {
        var file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, configuration);
        return new("mosquitto", ["-c", file], port, Path.Combine(folder, "mosquitto.log"));
    }
}

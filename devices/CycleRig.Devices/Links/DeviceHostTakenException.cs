namespace CycleRig.Devices.Links;

/// <summary>Another host is connected to the device host: a second one would take its channels and stop them.</summary>
public sealed class DeviceHostTakenException(string path)
    : InvalidOperationException($"another host is connected to the device host at {path}; stop that host first, or give another --device-host");

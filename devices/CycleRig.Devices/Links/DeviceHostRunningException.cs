namespace CycleRig.Devices.Links;

/// <summary>Another process owns the instruments behind a socket file.</summary>
public sealed class DeviceHostRunningException(string path) : Exception(
    $"a device host listens at {path} already: one process owns an instrument. End it, or give another --socket.");

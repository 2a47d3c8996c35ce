namespace CycleRig.Core.Safety;

/// <summary>
/// L3: watches chambers and presses beside the sessions. The second reading in a row outside the limits, or none for 3 s, is a trip:
/// latched until a person acknowledges it while the device is back within limits. Pure.
/// </summary>
public static class SupervisorMachine
{
    private const int InARow = 2;
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(3);

    /// <summary>Takes a reading.</summary>
    /// <param name="watch">What was known.</param>
    /// <param name="device">The device.</param>
    /// <param name="value">°C or MPa.</param>
    /// <param name="fault">What is wrong with the reading, or null.</param>
    /// <param name="now">Rig time.</param>
    public static DeviceWatch Read(DeviceWatch watch, WatchedDevice device, double value, string? fault, TimeSpan now)
    {
        var valid = fault is null && double.IsFinite(value);
        var within = valid && value >= device.Low && value <= device.High;
        var outside = within ? 0 : watch.Outside + 1;
        var detail = FormattableString.Invariant(
            $"{device.Name}: {(valid ? FormattableString.Invariant($"{value:F2} {device.Unit}") : fault ?? "no number")}, limits {device.Low:G4} to {device.High:G4} {device.Unit}");
        var next = watch with
        {
            ReadAt = valid ? now : watch.ReadAt,
            Within = within || (watch.Within && outside < InARow),
            WasWithin = watch.WasWithin || within,
            Outside = outside,
            Detail = detail,
        };
        return outside >= InARow ? Trip(next, device, detail, now) : next;
    }

    /// <summary>Looks at the age of the last reading.</summary>
    public static DeviceWatch Tick(DeviceWatch watch, WatchedDevice device, TimeSpan now) =>
        watch.ReadAt is { } read && now - read > AgeMax
            ? Trip(watch with { Within = false }, device, FormattableString.Invariant($"{device.Name}: no valid reading for {(now - read).TotalSeconds:F0} s"), now)
            : watch;

    /// <summary>Clears the trip of a device that is back within limits; otherwise says why not.</summary>
    public static (DeviceWatch Next, string? Refusal) Acknowledge(DeviceWatch watch) => watch switch
    {
        { Tripped: null } => (watch, "it has not tripped"),
        { Within: false } => (watch, $"still outside: {watch.Detail}"),
        _ => (watch with { Tripped = null }, null),
    };

    private static DeviceWatch Trip(DeviceWatch watch, WatchedDevice device, string detail, TimeSpan now) =>
        watch.WasWithin && watch.Tripped is null ? watch with { Tripped = new(device.Trip, now, detail) } : watch;
}

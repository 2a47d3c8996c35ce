using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>Steps of a device, one a period, at the same times after a snapshot as before it.</summary>
/// <param name="time">The rig's loop.</param>
/// <param name="period">From one step to the next.</param>
/// <param name="step">What is done.</param>
internal sealed class DeviceSteps(RigTime time, TimeSpan period, Action step)
{
    private IDisposable _steps = time.Every(period, step);

    /// <summary>A rig time as whole ticks of the loop: seconds in a snapshot are those, rounded.</summary>
    public static TimeSpan Ticks(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    /// <summary>From now until a rig time; none where it has passed.</summary>
    public static TimeSpan Until(double seconds, RigTime time) => Ticks(seconds) is var due && due > time.Now ? due - time.Now : TimeSpan.Zero;

    /// <summary>Goes on a period after a step that was done at a rig time, s.</summary>
    public void Resume(double steppedSeconds)
    {
        _steps.Dispose();
        time.After(Until(steppedSeconds + period.TotalSeconds, time), First);
    }

    private void First()
    {
        _steps = time.Every(period, step);
        step();
    }
}

using System.Text.Json.Nodes;
using CycleRig.Core.Channels;

namespace CycleRig.Grains.Running;

/// <summary>
/// Sees what of a run's samples never came: a device host that began anew, events that its ring no longer had, a host that was away for
/// longer than it keeps. Each such stretch becomes a gap record with its cause and both ends, on the run's clock.
/// </summary>
internal sealed class SampleGaps
{
    /// <summary>A session sends a sample a second at least.</summary>
    private const double SecondsMax = 2.5;

    private Guid? _boot;
    private long? _ordinal;
    private string? _cause;
    private bool _isResumed;

    /// <summary>A run begins: what lies before is none of its.</summary>
    public void Begin() => (_cause, _isResumed) = (null, false);

    /// <summary>A restarted host goes on with a run.</summary>
    /// <param name="boot">Boot of the device host whose events were decided last.</param>
    public void Resume(Guid? boot) => (_boot, _ordinal, _isResumed) = (boot, null, true);

    /// <summary>Looks at an event before its sample is booked.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="boot">Boot of the device host that it is from.</param>
    /// <returns>Whether the instrument's clock has begun anew.</returns>
    public bool See(SessionEvent happened, Guid? boot)
    {
        var anew = _boot is { } known && boot is { } now && known != now;
        if (anew)
            _cause = "device_host_restarted";
        else if (_ordinal is { } last && happened.Ordinal > last + 1)
            _cause ??= "not_received";
        (_boot, _ordinal) = (boot ?? _boot, happened.Ordinal);
        return anew;
    }

    /// <summary>The gap before a sample, or null.</summary>
    /// <param name="lastSeconds">Newest sample of the run, s on its clock; negative infinity where there is none.</param>
    /// <param name="seconds">This one.</param>
    public JsonObject? Before(double lastSeconds, double seconds)
    {
        var cause = _cause ?? (_isResumed && seconds - lastSeconds > SecondsMax ? "not_received" : null);
        (_cause, _isResumed) = (null, false);
        return cause is null || !double.IsFinite(lastSeconds) ? null : new() { ["cause"] = cause, ["from_s"] = lastSeconds, ["to_s"] = seconds };
    }
}

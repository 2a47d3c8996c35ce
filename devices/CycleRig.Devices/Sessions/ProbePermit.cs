using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// The one exception to the latch (docs/ARCHITECTURE.md, point 9): sweeps around rest after a halt for dendrite onset, where the start has granted them. The
/// owner's halt opens it, of a run that was granted; every other stop, and every new owner, ends it.
/// </summary>
/// <param name="most">What no start can grant more than.</param>
internal sealed class ProbePermit(Current most)
{
    /// <summary>Of rounding, where twice an amplitude is compared with the largest current.</summary>
    private const double Room = 1 + 1e-9;

    private Current? _currentMax;
    private int _left;
    private long? _stopNumber;

    /// <summary>A start or a resume says whether there may be some.</summary>
    public void Give(Current? currentMax) => (_currentMax, _left, _stopNumber) = (currentMax > most ? most : currentMax, AfterHaltProbe.At.Length, null);

    public void End() => (_currentMax, _stopNumber) = (null, null);

    /// <summary>Takes a stop.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cause">Why.</param>
    /// <param name="ordered">Whether the owner ordered it.</param>
    /// <param name="wasGranted">Whether the stop number before it was granted.</param>
    public void Stopped(long number, Cause cause, bool ordered, bool wasGranted)
    {
        if (ordered && cause.Reason == Reason.DendriteOnset && _currentMax is not null && (wasGranted || _stopNumber is not null))
            _stopNumber = number;
        else
            End();
    }

    /// <summary>Why a sweep may not run, or null.</summary>
    public string? Refusal(ArmProbe arm, long stopNumber) =>
        _stopNumber is null || _currentMax is not { } allowed ? "no sweep after a halt was granted, or something else than the early warning has stopped the channel"
        : arm.StopNumber != stopNumber || _stopNumber != stopNumber ? $"stop number {arm.StopNumber} is not that of the halt (now {stopNumber})"
        : _left == 0 ? $"all {AfterHaltProbe.At.Length} sweeps after the halt were taken"
        : !IsAroundRest(arm.Segment) || arm.Segment.CurrentMax.Amperes > allowed.Amperes * Room ? $"after a halt only a sweep around rest below {allowed}, twice its amplitude, may run"
        : null;

    public void Draw() => _left--;

    /// <summary>A sample sees little of a fast sine: what the instrument is ordered counts, not what is read of it.</summary>
    private static bool IsAroundRest(Segment segment) =>
        segment is { Kind: SegmentKind.Geis, Current.Amperes: 0, Voltage.Volts: 0, Sentinels: null, Sweep: { AmplitudeVolts: 0, AmplitudeAmperes: > 0 and var amperes } }
        && 2 * amperes <= segment.CurrentMax.Amperes * Room;
}

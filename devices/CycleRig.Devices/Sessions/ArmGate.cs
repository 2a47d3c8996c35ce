using CycleRig.Core.Channels;

namespace CycleRig.Devices.Sessions;

/// <summary>What must hold before anything is armed: owner and stop number, lease, permits, instrument, relay, a judged sample, a cell that is off, the allowance.</summary>
internal sealed class ArmGate(
    SessionSettings settings, Tenure tenure, EventLog events, PermitBook permits, AllowanceBook allowance, SampleDesk samples, OffSwitch offSwitch, SegmentDesk segments)
{
    /// <summary>Why a segment is refused, or null.</summary>
    public string? Refusal(TimeSpan now, ArmSegment arm, SessionPhase phase, bool connected) =>
        tenure.Refusal(arm, offSwitch.StopNumber, events.SentAt(arm.SeenSessionEvent), now)
        ?? Missing(now, connected)
        ?? (arm.Queued ? NoQueue(now, phase) : NotOff(phase))
        ?? allowance.Refusal(arm.Segment);

    /// <summary>Why a sweep after a halt is refused, or null.</summary>
    public string? Refusal(TimeSpan now, ArmProbe arm, SessionPhase phase, bool connected) =>
        tenure.Refusal(arm, offSwitch.StopNumber, events.SentAt(arm.SeenSessionEvent), now)
        ?? Missing(now, connected)
        ?? NotOff(phase)
        ?? allowance.Refusal(arm.Segment);

    private string? Missing(TimeSpan now, bool connected) =>
        permits.Missing(now) is { } missing ? $"no permit: {missing}"
        : !connected ? "the instrument is not connected"
        : offSwitch.RelayIsLatched ? "the relay is latched open"
        : now - samples.JudgedAt > SessionSettings.JudgedWithin ? "no sample was judged within 1 s"
        : null;

    private static string? NotOff(SessionPhase phase) => phase == SessionPhase.Off ? null : $"the cell is not confirmed off ({phase})";

    private string? NoQueue(TimeSpan now, SessionPhase phase) =>
        !settings.Capabilities.Limits.CanQueue ? "the instrument cannot queue"
        : phase == SessionPhase.Live ? segments.QueueRefusal(now)
        : "nothing runs that it could follow";
}

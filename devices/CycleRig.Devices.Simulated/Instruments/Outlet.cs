using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>
/// The way from an instrument's channel to who listens, with what can befall it: dead, slow, or another channel's voice. A slow link
/// keeps the order of what goes through it.
/// </summary>
/// <param name="time">The rig's loop.</param>
/// <param name="upsets">Of this channel.</param>
internal sealed class Outlet(RigTime time, UpsetSchedule upsets)
{
    private readonly List<Outlet> _mistaken = [];
    private readonly Queue<Action> _late = new();
    private IInstrumentListener? _listener;
    private double _freeSeconds;

    public void Connect(IInstrumentListener listener) => _listener = listener;

    /// <summary>Another channel whose listener hears this one while its upset says so.</summary>
    public void IsMistakenBy(Outlet other) => _mistaken.Add(other);

    /// <summary>Whether nothing passes, in either direction.</summary>
    public bool IsDead(double seconds) => upsets.Active(UpsetKind.CablePulled, seconds) is not null
        || upsets.Active(UpsetKind.HalfOpen, seconds) is not null || upsets.Active(UpsetKind.Reboot, seconds) is not null;

    /// <summary>Sends a sample.</summary>
    public void Send(in InstrumentSample sample, double seconds)
    {
        if (IsDead(seconds))
            return;
        if (upsets.Active(UpsetKind.WrongChannel, seconds) is null && upsets.Active(UpsetKind.SampleGap, seconds) is null)
            Sample(sample, seconds, upsets.Active(UpsetKind.SlowAnswers, seconds)?.Size ?? 0);
        foreach (var other in _mistaken)
        {
            if (other.Mistakes(seconds) && !other.IsDead(seconds))
                other.Sample(sample, seconds, 0);
        }
    }

    /// <summary>Sends a report.</summary>
    public void Send(InstrumentReport report, double seconds)
    {
        if (IsDead(seconds))
            return;
        if (!Mistakes(seconds))
        {
            var late = upsets.Active(UpsetKind.SlowAnswers, seconds)?.Size ?? 0;
            Report(report, seconds, late + (upsets.Active(UpsetKind.LateAnswers, seconds)?.Size ?? 0));
        }

        foreach (var other in _mistaken)
        {
            if (other.Mistakes(seconds) && !other.IsDead(seconds))
                other.Report(report, seconds, 0);
        }
    }

    /// <summary>The link itself says that it is gone or back.</summary>
    public void SayOfLink(InstrumentReport report) => _listener?.OnReport(report);

    private bool Mistakes(double seconds) => upsets.Active(UpsetKind.WrongChannel, seconds) is not null;

    private void Sample(in InstrumentSample sample, double seconds, double late)
    {
        if (IsDelayed(seconds, late))
            Later(seconds, Delayed(sample));
        else
            _listener?.OnSample(sample);
    }

    private void Report(InstrumentReport report, double seconds, double late)
    {
        if (IsDelayed(seconds, late))
            Later(seconds, () => _listener?.OnReport(report));
        else
            _listener?.OnReport(report);
    }

    /// <summary>Apart, so that a sample in time allocates nothing.</summary>
    private Action Delayed(InstrumentSample sample) => () => _listener?.OnSample(sample);

    private bool IsDelayed(double seconds, double late)
    {
        _freeSeconds = Math.Max(_freeSeconds, seconds + late);
        return _freeSeconds > seconds || _late.Count > 0;
    }

    /// <summary>Nothing overtakes what is already on its way: each moment brings the one that has waited longest.</summary>
    private void Later(double seconds, Action delivered)
    {
        _late.Enqueue(delivered);
        time.After(TimeSpan.FromSeconds(_freeSeconds - seconds), () => _late.Dequeue()());
    }
}

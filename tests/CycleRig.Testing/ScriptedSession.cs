using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Sessions;

namespace CycleRig.Testing;

/// <summary>A session's rules with an instrument that does what it is told, and notes it.</summary>
public sealed class ScriptedSession : ISessionPort
{
    private static readonly ChannelCapabilities Capabilities = new(
        Plans.Instrument, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300),
        Bound.Instrument, Bound.Instrument, Bound.Instrument, true);

    private double _amperes;
    private int _samples;

    public ScriptedSession()
    {
        Machine = new(
            new("ch-1", Plans.Cell, Capabilities, new(Plans.Cell.Limits, new(0.01), new(12), new(1e-6), 100), [Permit.Press, Permit.Supervisor], 0.1),
            Boot, this);
        Machine.Begin(Now);
        Machine.Take(Now, new InstrumentIdle(0));
        Pass(1);
    }

    public static Guid Boot { get; } = new("019b76da-a800-74a3-95cf-ff46699c73c4");

    public SessionMachine Machine { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    public List<ChannelEvent> Reports { get; } = [];

    /// <summary>What reached the instrument and the relay, in order.</summary>
    public List<string> Wire { get; } = [];

    /// <summary>Whether the instrument answers and samples.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Whether the cell cannot be turned off.</summary>
    public bool StuckOn { get; set; }

    /// <summary>Whether the test renews the lease with each tick, as a host would.</summary>
    public bool Renews { get; set; } = true;

    /// <summary>Whether permits are kept fresh.</summary>
    public bool Permits { get; set; } = true;

    public bool CellIsOn => _amperes != 0;

    public OwnerToken Token => Reports.OfType<Attached>().Last().Token;

    public long StopNumber => Reports.Select(r => r switch { Attached a => a.StopNumber, SessionStopped s => s.StopNumber, _ => 0 }).Max();

    public long NewestEvent => Reports.OfType<SessionEvent>().Last().Ordinal;

    /// <summary>A galvanostatic segment of a minute at 0.5 mA/cm².</summary>
    public static Segment Segment(long number) => new(
        AnyEvent.Run, number, SegmentKind.Galvanostatic, new(-15.7e-6), default, null, TimeSpan.FromSeconds(60), new(1e-3), new(-5), new(5), new(2e-5), false, false);

    /// <summary>Takes the channel, is granted an allowance and arms.</summary>
    public void StartPlating()
    {
        Machine.Attach(Now);
        Grant();
        Pass(0.2);
        Arm(1);
    }

    public void Grant(long? stopNumber = null, bool newRun = true, Current? probeMax = null) => Machine.Order(Now, new GrantAllowance(
        Token, stopNumber ?? StopNumber, new(new(1), TimeSpan.FromHours(5), new(2e-4), new(-5), new(5), probeMax), "op", newRun));

    public void Arm(long number, long? stopNumber = null, OwnerToken? token = null, long? seen = null, bool queued = false) =>
        Machine.Order(Now, new ArmSegment(token ?? Token, stopNumber ?? StopNumber, seen ?? NewestEvent, Segment(number), queued));

    /// <summary>Lets time pass: samples each 0.1 s, ticks each 0.5 s.</summary>
    public void Pass(double seconds)
    {
        for (var i = 0; i < (int)Math.Round(seconds * 10); i++)
            PassWith(now => new(now, _amperes + (1e-9 * (++_samples % 7)), (_amperes * 2e4) + (1e-6 * (_samples % 11)), 30, 5, 0));
    }

    /// <summary>Lets 0.1 s pass with a sample of the test's making.</summary>
    /// <param name="sample">The sample at a rig time, s.</param>
    public void PassWith(Func<double, Sample> sample)
    {
        Now += TimeSpan.FromMilliseconds(100);
        if (Permits)
        {
            Machine.SetPermit(Now, Permit.Press, true, Reason.TripPress, "");
            Machine.SetPermit(Now, Permit.Supervisor, true, Reason.TripSupervisor, "");
        }

        if (Answers)
            Machine.Take(Now, sample(Now.TotalSeconds));
        if (Now.Milliseconds % 500 == 0)
            Machine.Tick(Now);
        if (Renews && Reports.OfType<Attached>().Any())
            Machine.Order(Now, new RenewLease(Token, NewestEvent));
    }

    public void Arm(Segment segment)
    {
        Wire.Add($"arm {segment.Number}");
        if (!Answers)
            return;
        _amperes = segment.Current.Amperes;
        Machine.Take(Now, new InstrumentArmed(Now.TotalSeconds, segment.Run, segment.Number));
    }

    public void Queue(Segment segment) => Wire.Add($"queue {segment.Number}");

    public void Abort()
    {
        Wire.Add("abort");
        if (!Answers)
            return;
        if (!StuckOn)
            _amperes = 0;
        Machine?.Take(Now, new InstrumentIdle(Now.TotalSeconds));
    }

    public void FeedRelay() => Wire.Add("feed");

    public bool OpenRelay()
    {
        Wire.Add("open");
        _amperes = 0;
        return true;
    }

    public void Report(ChannelEvent happened) => Reports.Add(happened);
}

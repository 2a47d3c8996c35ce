using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// The shell around a <see cref="SessionMachine"/>: joins the instrument's samples with the temperature and pressure of chamber and
/// press, carries orders and reports. Lives on the rig's loop.
/// </summary>
internal sealed class ChannelSession : IInstrumentListener, ISessionPort
{
    private static readonly TimeSpan NeverFed = TimeSpan.FromDays(-1);

    private readonly SessionMachine _machine;
    private readonly IPotentiostatChannel _instrument;
    private readonly ICellRelay? _relay;
    private readonly RigTime _time;
    private readonly Action<ChannelEvent> _report;
    private readonly InstrumentClock _clock = new();
    private double _chamberCelsius = double.NaN;
    private double _megapascals;
    private TimeSpan _fedAt = NeverFed;

    public ChannelSession(ChannelWiring wiring, Guid bootId, RigTime time, Action<ChannelEvent> report)
    {
        (_instrument, _relay, _time, _report) = (wiring.Instrument, wiring.Relay, time, report);
        // A channel without a press stands at no stack pressure; with one it is unknown until it was read.
        _megapascals = wiring.Press is null ? 0 : double.NaN;
        _machine = new(wiring.Settings, bootId, this);
        _instrument.Connect(this);
        _machine.Begin(time.Now);
        time.Every(SessionSettings.Tick, () => _machine.Tick(time.Now));
    }

    public bool IsOff => _machine.IsOff;

    public void Attach() => _machine.Attach(_time.Now);

    public void Order(ChannelCommand command) => _machine.Order(_time.Now, command);

    public void SetPermit(Permit permit, bool held, Reason reason, string detail) => _machine.SetPermit(_time.Now, permit, held, reason, detail);

    public void Trip(Reason reason, string detail) => _machine.Trip(_time.Now, reason, detail);

    public void ReadChamber(double celsius) => _chamberCelsius = celsius;

    public void ReadPress(double megapascals) => _megapascals = megapascals;

    public void OnSample(in InstrumentSample sample)
    {
        var joined = new Sample(
            _clock.Follow(sample.InstrumentSeconds, _time.Now), sample.Amperes, sample.Volts,
            double.IsNaN(sample.CellCelsius) ? _chamberCelsius : sample.CellCelsius, _megapascals, 0);
        _machine.Take(_time.Now, joined);
    }

    public void OnReport(InstrumentReport report) => _machine.Take(_time.Now, report with { InstrumentSeconds = _clock.Of(report.InstrumentSeconds) });

    void ISessionPort.Arm(Segment segment) => _instrument.Arm(segment);

    void ISessionPort.Queue(Segment segment) => _instrument.Queue(segment);

    void ISessionPort.Abort() => _instrument.Abort();

    /// <summary>The relay holds for 2 s; four feeds in that time are enough, whatever the sampling rate.</summary>
    void ISessionPort.FeedRelay()
    {
        if (_relay is null || _time.Now - _fedAt < TimeSpan.FromMilliseconds(500))
            return;
        _fedAt = _time.Now;
        _relay.Feed();
    }

    bool ISessionPort.OpenRelay()
    {
        _fedAt = NeverFed;
        _relay?.Open();
        return _relay is not null;
    }

    void ISessionPort.Report(ChannelEvent happened) => _report(happened);
}

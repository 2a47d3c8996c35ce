using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.Testing;

/// <summary>Events as they might come, in any order and with any numbers.</summary>
public static class AnyEvent
{
    public static readonly Guid Run = new("019b76da-a800-77bd-bf8e-e610398f9334");
    public static readonly OwnerToken Token = new(new("019b76da-a800-74a3-95cf-ff46699c73c4"), 1);

    private static readonly Gen<Reason> Reasons = Gen.Enum<Reason>();
    private static readonly Gen<long> Small = Gen.Long[0, 4];
    private static readonly Gen<long> Ordinals = Gen.Long[1, 5000];
    private static readonly Gen<Cause> Causes = Reasons.Select(reason => new Cause(reason, TimeSpan.Zero, "drawn"));
    private static readonly Allowance Allowed = new(new(1), TimeSpan.FromHours(10), new(2e-4), new(-5), new(5));

    /// <summary>Any event of the family.</summary>
    public static Gen<ChannelEvent> One { get; } = CsCheck.Gen.OneOf(
        As(Ordinals.Select(Small, (n, s) => new Attached(n, Token, s, [], default))),
        As(Ordinals.Select(n => new SessionTicked(n))),
        As(CsCheck.Gen.Select(Ordinals, CsCheck.Gen.Double[-1, 1], CsCheck.Gen.Double[0, 20000]).Select((n, v, t) => Measured(n, v, t))),
        As(Ordinals.Select(Small, (n, s) => new SpectrumMeasured(n, s, new(0, 0, [])))),
        As(Ordinals.Select(Small, (n, s) => new SpectrumPartMeasured(n, s, new(0, 0, [])))),
        As(CsCheck.Gen.Select(Ordinals, Small, CsCheck.Gen.Bool).Select((n, s, q) => new SegmentArmed(n, s, q))),
        As(CsCheck.Gen.Select(Ordinals, Small, CsCheck.Gen.Enum<SegmentEnd>()).Select((n, s, e) => new SegmentEnded(n, s, e, 60, new(new(-1e-3), new(1e-3))))),
        As(Ordinals.Select(Small, (n, s) => new ArmRefused(n, s, "drawn"))),
        As(CsCheck.Gen.Select(Ordinals, Small, Causes, CsCheck.Gen.Bool).Select((n, s, c, o) => new SessionStopped(n, s, c, o))),
        As(Ordinals.Select(Small, (n, s) => new Granted(n, s, Allowed))),
        As(Ordinals.Select(n => new OffConfirmed(n, default))),
        As(Ordinals.Select(n => new RelayOpened(n, "drawn"))),
        As(CsCheck.Gen.Select(Ordinals, CsCheck.Gen.Enum<Permit>(), CsCheck.Gen.Bool).Select((n, p, h) => new PermitChanged(n, p, h, Reason.TripPress, "drawn"))),
        As(Ordinals.Select(n => new DeviceLost(n, "drawn"))),
        As(Ordinals.Select(n => new DeviceFound(n))),
        As(CsCheck.Gen.Select(CsCheck.Gen.Enum<WarningLevel>(), CsCheck.Gen.Bool, CsCheck.Gen.Double[0, 20000])
            .Select((l, v, t) => new SpectrumAssessed(Run, 0, t, l, v, Reason.DendriteOnset, "drawn"))),
        As(CsCheck.Gen.Double[1, 60].Select(every => new SweepsPlanned(Run, new([3e6, 1e5, 1.01e3], every, 2 * every), "drawn"))),
        As(CsCheck.Gen.Long[0, 400].Select(n => new Durable(n))),
        As(Reasons.Select(reason => new CauseFound(reason, "drawn"))),
        As(Reasons.Select(reason => new CauseGone(reason))),
        As(CsCheck.Gen.Bool.Select(rebuilt => new HostRestarted(rebuilt))),
        As(CsCheck.Gen.Select(Small, CsCheck.Gen.Long[0, 40], CsCheck.Gen.Bool).Select((s, v, b) => new StartOrdered("op", Run, b ? 3 : null, s, v))),
        As(CsCheck.Gen.Const(new PauseOrdered("op"))),
        As(CsCheck.Gen.Select(Small, CsCheck.Gen.Long[0, 40]).Select((s, v) => new ResumeOrdered("op", s, v))),
        As(CsCheck.Gen.Long[0, 40].Select(version => new SkipOrdered("op", version))),
        As(CsCheck.Gen.Const(new HaltOrdered("op", "drawn"))),
        As(CsCheck.Gen.Bool.Select(all => new Acknowledged("op", all ? [.. Enum.GetValues<Reason>()] : [Reason.Blind]))));

    /// <summary>A sample under a given time and voltage, at 30 °C and 5 MPa, without current.</summary>
    public static SampleMeasured Measured(long ordinal, double volts, double seconds) =>
        new(ordinal, new(seconds, 0, volts, 30, 5, 0), new(new(0), new(0)));

    private static Gen<ChannelEvent> As<T>(Gen<T> gen)
        where T : ChannelEvent => gen.Select(happened => (ChannelEvent)happened);
}

using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.Impedance.Cells;

namespace CycleRig.Grains;

/// <summary>From a channel's state to what a person may see.</summary>
internal static class Views
{
    public static ChannelView Of(string channel, ChannelState state, ChannelPlan plan, CellReading? reading, string verdict) => new()
    {
        Channel = channel,
        Cell = plan.Cell.Id,
        State = Word(state),
        Run = state.OpenRun?.Run ?? (state as Completed)?.Run,
        Step = state.OpenRun is { } progress ? plan.Steps[progress.Step].Label : "",
        Causes = state is Halted halted ? [.. halted.Causes.Select(cause => cause.ToString())] : [],
        Reasons = state is Halted latched ? [.. latched.Causes.Select(cause => ReasonFacts.Of(cause.Reason).Text)] : [],
        StopNumber = state.Ledger.StopNumber,
        Version = state.Ledger.Version,
        Level = state.Ledger.Level.ToString().ToLowerInvariant(),
        Volts = state.Ledger.Sample?.Volts,
        Amperes = state.Ledger.Sample?.CurrentAmperes,
        Celsius = state.Ledger.Sample?.TemperatureCelsius,
        Megapascals = state.Ledger.Sample?.PressureMegapascals,
        Coulombs = state.Ledger.Charge.Measured.Coulombs,
        CoulombsUpperBound = state.Ledger.Charge.ThroughputUpperBound.Coulombs,
        BulkOhms = reading?.BulkOhms,
        InterfaceOhms = reading?.InterfaceOhms,
        SampleSeconds = state.Ledger.Sample?.TimeSeconds,
        CellIsOff = state.Ledger.OffConfirmed,
        Verdict = verdict,
        Probe = state is Halted { Probe: { } probe } ? Told(probe) : "",
    };

    /// <summary>Name of a state.</summary>
    public static string Word(ChannelState state) => state.GetType().Name.ToLowerInvariant();

    private static string Told(ProbeProgress probe) =>
        probe.Live is not null ? "a sweep at rest is under way"
        : probe.Had < AfterHaltProbe.At.Length ? $"a sweep at rest follows {AfterHaltProbe.At[probe.Had].TotalMinutes:F0} min after the cell went off"
        : "the last sweep at rest is ordered";
}

using CycleRig.Contracts;
using CycleRig.Core.Channels;
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
        State = state.GetType().Name.ToLowerInvariant(),
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
        CellIsOff = state.Ledger.OffConfirmed,
        Verdict = verdict,
    };
}

using System.Collections.Frozen;
using System.Text;

namespace CycleRig.Core.Safety;

/// <summary>What is fixed about a reason: its text, kind, layer, priority, remedy and hazard row.</summary>
/// <param name="Text">snake_case name in files, events and commands.</param>
/// <param name="Kind">What it says about the cell.</param>
/// <param name="Layer">The layer that finds it.</param>
/// <param name="Priority">1 is the most urgent, 4 needs nobody.</param>
/// <param name="PausesAfterAcknowledge">Whether the run can go on after acknowledge (docs/ARCHITECTURE.md, point 9); otherwise it has ended.</param>
/// <param name="Hazard">Row of the hazard table, or null.</param>
/// <param name="Remedy">What a person does now.</param>
public sealed record ReasonFacts(
    string Text, ReasonKind Kind, SafetyLayer Layer, int Priority, bool PausesAfterAcknowledge, int? Hazard, string Remedy)
{
    private static readonly FrozenDictionary<Reason, ReasonFacts> All = Enum.GetValues<Reason>().ToFrozenDictionary(r => r, Describe);

    private static readonly FrozenDictionary<string, Reason> ByText = All.ToFrozenDictionary(pair => pair.Value.Text, pair => pair.Key);

    public static ReasonFacts Of(Reason reason) => All[reason];

    /// <summary>The reason written as <paramref name="text"/>, or null when the list has no such text.</summary>
    public static Reason? Parse(string text) => ByText.TryGetValue(text, out var reason) ? reason : null;

    private static ReasonFacts Describe(Reason reason)
    {
        var (kind, layer, priority, pauses, hazard, remedy) = Row(reason);
        return new(SnakeCase(reason.ToString()), kind, layer, priority, pauses, hazard, remedy);
    }

    private static (ReasonKind, SafetyLayer, int, bool, int?, string) Row(Reason reason) => reason switch
    {
        Reason.Completed => (ReasonKind.Planned, SafetyLayer.Machine, 4, false, null, "Nothing to do."),
        Reason.OperatorHalt => (ReasonKind.Planned, SafetyLayer.Machine, 3, false, null, "Acknowledge, then start a new run when ready."),
        Reason.OperatorPause => (ReasonKind.Planned, SafetyLayer.Machine, 4, true, null, "Resume when ready."),
        Reason.PauseExpired => (ReasonKind.Interlock, SafetyLayer.Machine, 3, false, null, "Acknowledge, then start a new run."),
        Reason.DendriteOnset => (ReasonKind.Damage, SafetyLayer.EarlyWarning, 1, false, 18, "Keep the cell for sectioning. `cyclerig why` shows the evidence."),
        Reason.VoltageCollapse => (ReasonKind.Damage, SafetyLayer.Guard, 1, false, 18, "The cell has probably shorted. Take it out, or measure it at rest."),
        Reason.LimitVoltage => (ReasonKind.Interlock, SafetyLayer.Guard, 2, false, 17, "Check leads and limits before a new run."),
        Reason.LimitCurrent => (ReasonKind.Interlock, SafetyLayer.Guard, 1, false, 16, "Check the instrument's range and the protocol."),
        Reason.LimitCharge => (ReasonKind.Interlock, SafetyLayer.Guard, 2, false, 16, "Check the cell's charge limit and the protocol."),
        Reason.LimitTime => (ReasonKind.Interlock, SafetyLayer.Guard, 2, false, 16, "Check the protocol's duration."),
        Reason.LimitTemperature => (ReasonKind.Interlock, SafetyLayer.Guard, 1, true, 8, "Look at the chamber, then acknowledge and resume."),
        Reason.LimitPressure => (ReasonKind.Interlock, SafetyLayer.Guard, 1, true, 9, "Look at the press, then acknowledge and resume."),
        Reason.InvalidSample => (ReasonKind.Interlock, SafetyLayer.Guard, 2, false, 4, "Check the instrument's leads and its range."),
        Reason.FrozenSample => (ReasonKind.Interlock, SafetyLayer.Guard, 2, false, 4, "Restart the instrument and test it on a dummy cell."),
        Reason.StaleSamples => (ReasonKind.Interlock, SafetyLayer.Guard, 2, true, 11, "Check the instrument's connection, then acknowledge and resume."),
        Reason.CurrentWhileOff => (ReasonKind.Interlock, SafetyLayer.Guard, 1, false, 30, "Disconnect the cell by hand: its switch has failed."),
        Reason.OffNotConfirmed => (ReasonKind.Interlock, SafetyLayer.Guard, 1, false, 30, "Check that the cell is off by hand, then test the instrument."),
        Reason.ArmUnknown => (ReasonKind.Interlock, SafetyLayer.Guard, 2, false, 30, "Check the instrument's connection before a new run."),
        Reason.ArmRefused => (ReasonKind.Interlock, SafetyLayer.Instrument, 3, false, null, "Read why the instrument refused, correct the protocol, start anew."),
        Reason.Blind => (ReasonKind.Interlock, SafetyLayer.EarlyWarning, 2, true, 18, "Look at the last spectra, then acknowledge and resume."),
        Reason.LeaseLost => (ReasonKind.Interlock, SafetyLayer.Guard, 2, true, 1, "Check the host, then acknowledge and resume."),
        Reason.TripChamber => (ReasonKind.Interlock, SafetyLayer.Supervisor, 1, true, 8, "Look at the chamber, acknowledge its trip, then each channel's."),
        Reason.TripPress => (ReasonKind.Interlock, SafetyLayer.Supervisor, 1, true, 9, "Look at the press, acknowledge its trip, then each channel's."),
        Reason.TripDoor => (ReasonKind.Interlock, SafetyLayer.Supervisor, 1, true, null, "Close the door, acknowledge its trip, then each channel's."),
        Reason.TripEstop => (ReasonKind.Interlock, SafetyLayer.Supervisor, 1, false, null, "Release the e-stop when it is safe, acknowledge, start anew."),
        Reason.TripSupervisor => (ReasonKind.Interlock, SafetyLayer.Supervisor, 1, false, 32, "Restart the device host; it watches chamber and press."),
        Reason.PermitLost => (ReasonKind.Interlock, SafetyLayer.Guard, 2, true, null, "See which permit is missing in `cyclerig status`."),
        Reason.DeviceLost => (ReasonKind.Interlock, SafetyLayer.Guard, 2, true, 11, "Check the instrument's cable and power, then acknowledge and resume."),
        Reason.DeviceFault => (ReasonKind.Interlock, SafetyLayer.Instrument, 2, false, 13, "Read the instrument's fault; test it on a dummy cell."),
        Reason.SettleTimeout => (ReasonKind.Interlock, SafetyLayer.Machine, 3, false, null, "See why chamber or press does not reach its set-point."),
        Reason.Storage => (ReasonKind.Interlock, SafetyLayer.Machine, 2, true, 5, "Make room on the data disk, then acknowledge and resume."),
        Reason.Restart => (ReasonKind.Interlock, SafetyLayer.Machine, 2, false, 1, "The host restarted under this run. Acknowledge, then start anew or from a step."),
        Reason.JournalDamage => (ReasonKind.Interlock, SafetyLayer.Machine, 2, false, 23, "Read the damage report in the data folder before a new run."),
        Reason.HostStopped => (ReasonKind.Interlock, SafetyLayer.Machine, 3, false, null, "The host was shut down under this run. Start anew when ready."),
        Reason.Internal => (ReasonKind.Interlock, SafetyLayer.Machine, 1, false, 32, "A fault in CycleRig itself: keep the data folder and report it."),
        _ => throw new System.Diagnostics.UnreachableException($"No row for {reason}."),
    };

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

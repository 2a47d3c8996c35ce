using System.Collections.Immutable;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>The protocols that have an analysis, in the order in which a lab meets them.</summary>
public static class ProtocolCatalogue
{
    private const string Bench = "examples/protocols/bench-rig.yaml";
    private const string Blocking = "examples/protocols/blocking-rig.yaml";

    public static ImmutableArray<ProtocolDescription> All { get; } =
    [
        Each("plating", "plating at constant current with superimposed impedance", "R_bulk and R_int against time, whether voltage and impedance agree",
            "examples/plating.yaml", Bench, "2 h", PlatingAnalysis.Analyse),
        Each("plate-and-stop", "an exact small charge, then open circuit", "charge delivered with its error, voltage since",
            "examples/plate-and-stop.yaml", Bench, "15 d", PlateAndStopAnalysis.Analyse),
        Each("strip-plate-cycling", "strip/plate cycles, a spectrum after each half-cycle", "R_int against cycle, voiding, asymmetry",
            "examples/protocols/strip-plate-cycling.yaml", Bench, "11 h", CyclingAnalysis.Analyse),
        Together("critical-current-density", "plate/strip at rising current density, a spectrum after each step", "critical current density; over cells Weibull scale and shape",
            "examples/protocols/critical-current-density.yaml", Bench, "11 h", CriticalCurrentAnalysis.Analyse),
        Each("arrhenius", "spectra at five or more settled temperatures", "ionic conductivity, activation energy",
            "examples/protocols/arrhenius.yaml", Blocking, "8 h", ArrheniusAnalysis.Analyse),
        Each("electronic-conductivity", "current after a step of potential, blocking electrodes", "electronic conductivity, whether it is steady",
            "examples/protocols/electronic-conductivity.yaml", Blocking, "13 h", ElectronicConductivityAnalysis.Analyse),
        Each("post-mortem", "current against voltage within ±10 mV on a shorted cell", "resistance with a test of linearity, equal Li wire",
            "examples/protocols/post-mortem.yaml", Bench, "6 min", PostMortemAnalysis.Analyse),
        Together("after-halt", "spectra at rest 1, 10 and 60 min after a halt", "damage confirmed, not confirmed, or shorted while stopping",
            "examples/protocols/after-halt.yaml", Bench, "1 h", AfterHaltAnalysis.Analyse),
        Each("pressure-sweep", "spectra at rising and falling stack pressure", "exponent of R_int ~ P^-m, hysteresis",
            "examples/protocols/pressure-sweep.yaml", Bench, "5 h", PressureSweepAnalysis.Analyse),
    ];

    /// <summary>Their names, as `--protocol` takes them, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(known => known.Name));

    /// <summary>A protocol by name; null where there is no analysis of it.</summary>
    public static ProtocolDescription? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    /// <summary>A protocol by name.</summary>
    /// <exception cref="ReportException">There is none; the message names all.</exception>
    public static ProtocolDescription Of(string name) => Find(name) ?? throw new ReportException($"there is no analysis of a protocol `{name}`; with --protocol give one of {Names}");

    /// <summary>The protocol that a recording says it is of; null where cell.json names none.</summary>
    public static string? NameOf(Recording recording) => (recording.Cell.All["protocol"] as System.Text.Json.Nodes.JsonObject)?["name"]?.ToString();

    private static ProtocolDescription Each(
        string name, string measured, string result, string file, string rig, string duration, Func<Recording, ProtocolReport> analyse) =>
        new(name, measured, result, file, rig, duration, Together: false, Clear(recordings => analyse(recordings.Single())));

    private static ProtocolDescription Together(
        string name, string measured, string result, string file, string rig, string duration, Func<IReadOnlyList<Recording>, ProtocolReport> analyse) =>
        new(name, measured, result, file, rig, duration, Together: true, Clear(analyse));

    /// <summary>What the arithmetic refuses is told with the recording's name; anything else that is thrown is a fault of the program.</summary>
    internal static Func<IReadOnlyList<Recording>, ProtocolReport> Clear(Func<IReadOnlyList<Recording>, ProtocolReport> analyse) => recordings =>
    {
        try
        {
            return analyse(recordings);
        }
        catch (UnusableDataException refused)
        {
            throw new ReportException($"{string.Join(", ", recordings.Select(recording => recording.Name))}: {refused.Message}", refused);
        }
    };
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Storage.Journals;

namespace CycleRig.Reports.Verdicts;

/// <summary>When a run was halted, and why.</summary>
/// <param name="TimeSeconds">On the run's clock, s.</param>
/// <param name="Utc">Wall clock.</param>
/// <param name="Reason">From the closed list.</param>
public readonly record struct RunHalt(double TimeSeconds, DateTimeOffset Utc, Reason Reason);

/// <summary>The verdicts of a run of the journal, with what is needed to explain them.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="StartedSeconds">Begin of the run on its clock, s.</param>
/// <param name="AreaSquareCentimetres">Electrode area, cm².</param>
/// <param name="ActivationElectronVolts">Of the bulk, for σT, eV; NaN where the journal does not say it.</param>
/// <param name="Rows">In the order of time.</param>
/// <param name="Halt">The first halt for damage, else the first halt; null for none.</param>
public sealed record RunVerdicts(
    string Cell, double StartedSeconds, double AreaSquareCentimetres, double ActivationElectronVolts, ImmutableArray<VerdictRow> Rows, RunHalt? Halt)
{
    private const double CoulombsPerMilliampereHour = 3.6;
    private const double MilliamperesPerAmpere = 1000;

    /// <summary>The verdict that halted the cell; else the newest up to the halt; else the newest. Null without any.</summary>
    public VerdictRow? Deciding => Rows.FirstOrDefault(row => row.Level == WarningLevel.Halt)
        ?? (Halt is { } halt ? Rows.LastOrDefault(row => row.TimeSeconds <= halt.TimeSeconds) : null) ?? Rows.LastOrDefault();

    /// <summary>The last verdict `healthy` before another, with evidence; null without one.</summary>
    /// <param name="row">The other.</param>
    public VerdictRow? HealthyBefore(VerdictRow row) =>
        Rows.Take(Rows.IndexOf(row)).LastOrDefault(earlier => earlier is { Level: WarningLevel.Healthy, Evidence: not null, Spectrum: not null });

    /// <summary>Reads a run; null where the journal does not say the area of its cell.</summary>
    public static RunVerdicts? Of(JournalReader reader, Guid run)
    {
        if (reader.OfRun(run, RecordKind.RunStarted).FirstOrDefault()?.Record is not { } started
            || started.DecodeJson() is not { } json || Number(json["facts"]?["area_cm2"]) is not (> 0 and < double.PositiveInfinity and var area))
            return null;
        return new(
            json["cell"]?.ToString() ?? "", started.TimeSeconds, area, Number(json["facts"]?["activation_energy_nominal_eV"]), [.. Read(reader, run, area)], HaltOf(reader, run));
    }

    /// <summary>Each verdict with the charge and the current of the newest sample before it.</summary>
    private static IEnumerable<VerdictRow> Read(JournalReader reader, Guid run, double area)
    {
        using var samples = reader.Samples(run).GetEnumerator();
        double passed = 0, last = 0, amperes = 0;
        var more = samples.MoveNext();
        foreach (var row in reader.OfRun(run, RecordKind.Fit))
        {
            for (; more && samples.Current.TimeSeconds <= row.Record.TimeSeconds; more = samples.MoveNext())
            {
                passed += Math.Abs(samples.Current.ChargeCoulombs - last);
                last = samples.Current.ChargeCoulombs;
                amperes = samples.Current.CurrentAmperes;
            }

            yield return VerdictRow.Of(
                row.Record, passed / CoulombsPerMilliampereHour / area, RestingCurrent.Is(amperes, area) ? 0 : amperes * MilliamperesPerAmpere / area);
        }
    }

    private static RunHalt? HaltOf(JournalReader reader, Guid run)
    {
        List<RunHalt> halts = [.. reader.OfRun(run, RecordKind.Decision).Select(row => (row.Record, Line: row.Record.DecodeJson()))
            .Where(decided => decided.Line["state"]?.ToString() == "halted")
            .SelectMany(decided => Alarms(decided.Line).Select(reason => new RunHalt(decided.Record.TimeSeconds, decided.Record.Utc, reason)))];
        return halts.Cast<RunHalt?>().FirstOrDefault(halt => ReasonFacts.Of(halt!.Value.Reason).Kind == ReasonKind.Damage) ?? halts.Cast<RunHalt?>().FirstOrDefault();
    }

    private static IEnumerable<Reason> Alarms(JsonObject line) => ((line["commands"] as JsonArray) ?? [])
        .Where(command => command?["type"]?.ToString() == "raise_alarm").Select(alarm => ReasonFacts.Parse(alarm!["reason"]?.ToString() ?? "")).OfType<Reason>();

    private static double Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : double.NaN;
}

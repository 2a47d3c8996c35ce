using System.Diagnostics;

namespace CycleRig.Storage.Journals;

/// <summary>What a journal row is. The names in the file are stable: <see cref="RecordKinds.Name"/>.</summary>
public enum RecordKind
{
    Sample,
    Spectrum,
    Fit,
    Event,
    Decision,
    Checkpoint,
    Gap,
    Configuration,
    RunStarted,
    RunEnded,
}

/// <summary>The stable names of the kinds, and which of them may be shed.</summary>
public static class RecordKinds
{
    /// <summary>Name of a kind as it stands in the file.</summary>
    public static string Name(this RecordKind kind) => kind switch
    {
        RecordKind.Sample => "sample",
        RecordKind.Spectrum => "spectrum",
        RecordKind.Fit => "fit",
        RecordKind.Event => "event",
        RecordKind.Decision => "decision",
        RecordKind.Checkpoint => "checkpoint",
        RecordKind.Gap => "gap",
        RecordKind.Configuration => "configuration",
        RecordKind.RunStarted => "run_started",
        RecordKind.RunEnded => "run_ended",
        _ => throw new UnreachableException($"No name for record kind {kind}."),
    };

    /// <summary>Whether a full buffer may replace the record by a gap record. Safety kinds are never shed.</summary>
    public static bool IsTelemetry(this RecordKind kind) => kind is RecordKind.Sample or RecordKind.Spectrum or RecordKind.Fit;

    /// <summary>Whether the record tells of something that happened: it is a point of measurement `event` in a database.</summary>
    public static bool IsEvent(this RecordKind kind) =>
        kind is RecordKind.Decision or RecordKind.Event or RecordKind.Gap or RecordKind.RunStarted or RecordKind.RunEnded;

    internal static bool TryParse(string name, out RecordKind kind)
    {
        foreach (var candidate in Enum.GetValues<RecordKind>())
        {
            if (candidate.Name() == name)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }
}

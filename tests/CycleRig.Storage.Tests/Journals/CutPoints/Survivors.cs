using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>What must hold of the folder after the machine stood still, whatever it was about.</summary>
internal static class Survivors
{
    /// <summary>Opens the journal on what is left.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Fault(string folder, JournalScript script)
    {
        try
        {
            return Opened(folder, script) ?? Again(folder, script);
        }
        catch (Exception failure) when (failure is JournalException or ArgumentException or FormatException)
        {
            return $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    private static string? Opened(string folder, JournalScript script)
    {
        using var journal = Journal.Open(folder, script.Options);
        if (journal.OpenReport.Damage is { } damage)
            return $"damage is reported where none is: {damage}";
        if (Rows(journal, script) is { } wrong)
            return wrong;
        if (journal.GetCursor("mqtt", CursorKind.Durable) is var cursor && cursor < script.Cursor)
            return $"the durable cursor went down from {script.Cursor} to {cursor}";
        if (cursor > journal.OpenReport.LastSeq)
            return $"the durable cursor is at {cursor}, the journal ends at {journal.OpenReport.LastSeq}";
        if (journal.Append(Mark) is var number && number <= script.Acknowledged)
            return $"number {number} is used twice";
        return journal.Flush() == number ? null : "the record after the cut is not durable";
    }

    private static JournalRecord Mark { get; } =
        JournalRecord.Json(RecordKind.Event, "ch-1", null, 0, JournalScript.Utc, new System.Text.Json.Nodes.JsonObject { ["type"] = "after" });

    private static string? Again(string folder, JournalScript script)
    {
        using var journal = Journal.Open(folder, script.Options);
        return journal.OpenReport.Damage ?? (journal.ReadFrom(journal.OpenReport.LastSeq - 1, 10) is [var last] && Same(last.Record, Mark)
            ? null
            : "the record after the cut is gone");
    }

    private static string? Rows(Journal journal, JournalScript script)
    {
        var next = 1L;
        foreach (var row in journal.ReadFrom(0, int.MaxValue))
        {
            if (row.Seq < next)
                return $"number {row.Seq} comes after {next - 1}";
            if (row.Seq > next && (next > 1 || row.Seq > script.RetiredUpTo + 1))
                return $"numbers {next} to {row.Seq - 1} are missing and nothing says why; acknowledged: {script.Acknowledged}";
            var last = row.Seq;
            if (row.Record.Kind is RecordKind.Gap)
            {
                if (row.Record.DecodeJson() is var gap && gap["cause"]!.GetValue<string>() is not ("buffer_full" or "disk_full"))
                    return $"a gap at {row.Seq} whose cause is {gap["cause"]}";
                last = gap["to"]!.GetValue<long>();
                for (var lost = row.Seq; lost <= last; lost++)
                {
                    if (!script.Appended[lost].Kind.IsTelemetry())
                        return $"a gap covers record {lost}, a {script.Appended[lost].Kind.Name()}";
                }
            }
            else if (!script.Appended.TryGetValue(row.Seq, out var appended) || !Same(row.Record, appended))
            {
                return $"row {row.Seq} is not what was appended";
            }

            next = last + 1;
        }

        return next > script.Acknowledged || script.RetiredUpTo >= script.Acknowledged && next == 1
            ? null
            : $"acknowledged up to {script.Acknowledged}, the last row is {next - 1}";
    }

    private static bool Same(JournalRecord read, JournalRecord appended) =>
        read with { Payload = default } == appended with { Payload = default } && read.Payload.Span.SequenceEqual(appended.Payload.Span);
}

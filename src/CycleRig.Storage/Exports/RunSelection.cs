using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Exports;

/// <summary>Finds the run that a person means: by id, by an unambiguous beginning of one, or by a cell or channel that has one run.</summary>
public static class RunSelection
{
    private const int ListedMax = 8;

    /// <summary>Finds a run.</summary>
    /// <param name="runs">All runs, oldest first.</param>
    /// <param name="wanted">As typed.</param>
    /// <returns>The run, or in one line why there is none and which there are.</returns>
    public static (RunEntry? Run, string? Problem) Find(IReadOnlyList<RunEntry> runs, string wanted)
    {
        if (Guid.TryParse(wanted, out var id) && runs.FirstOrDefault(run => run.Run == id) is { } exact)
            return (exact, null);
        RunEntry[] named = [.. runs.Where(run => run.Cell == wanted || run.Channel == wanted)];
        RunEntry[] begun = [.. runs.Where(run => wanted.Length > 0 && !named.Contains(run) && BeginsWith(run.Run, wanted))];
        RunEntry[] meant = [.. named, .. begun];
        return meant.Length switch
        {
            1 => (meant[0], null),
            0 when runs.Count == 0 => (null, "the journal has no runs; start one, or give the --data folder of another rig"),
            0 => (null, $"the journal has no run `{wanted}`; give one of {Listed(runs)}"),
            var several => (null, $"`{wanted}` means {several} runs; give the id of one: {Listed(meant)}"),
        };
    }

    private static bool BeginsWith(Guid run, string wanted) =>
        run.ToString("D").StartsWith(wanted, StringComparison.OrdinalIgnoreCase) || run.ToString("N").StartsWith(wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>The newest ones, newest first.</summary>
    private static string Listed(IReadOnlyList<RunEntry> runs)
    {
        var newest = runs.OrderByDescending(run => run.StartSeq).Take(ListedMax)
            .Select(run => $"{run.Run} ({run.Channel}, {run.Cell}, {run.Started:yyyy-MM-dd HH:mm}, {run.EndReason ?? "open"})");
        return $"{string.Join(", ", newest)}{(runs.Count > ListedMax ? $" and {runs.Count - ListedMax} older ones" : "")}";
    }
}

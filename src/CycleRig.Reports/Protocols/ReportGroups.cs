using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Recordings that make one report.</summary>
/// <param name="Protocol">The protocol whose analysis they take.</param>
/// <param name="Recordings">One, or several where they are evaluated together.</param>
public sealed record ReportGroup(ProtocolDescription Protocol, IReadOnlyList<Recording> Recordings);

/// <summary>Which recordings make one report.</summary>
public static class ReportGroups
{
    private const string AfterHalt = "after-halt";

    /// <summary>What was halted belongs to the spectra after the halt, whatever its own protocol was.</summary>
    /// <param name="recordings">All that were given.</param>
    /// <param name="protocol">Analysis to take; null for that of the protocol which each recording names.</param>
    /// <returns>The groups, and what is said of recordings that are in none.</returns>
    public static (IReadOnlyList<ReportGroup> Groups, IReadOnlyList<string> Problems) Of(IReadOnlyList<Recording> recordings, string? protocol)
    {
        var (groups, problems) = (new List<ReportGroup>(), new List<string>());
        foreach (var group in recordings.GroupBy(recording => protocol ?? ProtocolCatalogue.NameOf(recording)))
        {
            List<Recording> members = [.. group];
            if (group.Key is null || ProtocolCatalogue.Find(group.Key) is not { } description)
            {
                var why = group.Key is null ? "cell.json names no protocol" : $"there is no analysis of the protocol `{group.Key}`";
                problems.Add($"{string.Join(", ", members.Select(member => member.Name))}: {why}; with --protocol give one of {ProtocolCatalogue.Names}");
                continue;
            }

            if (description.Name == AfterHalt && protocol is null)
                groups.AddRange(members.Select(member => new ReportGroup(description, [.. recordings.Where(other => other.Cell.Id == member.Cell.Id && !members.Contains(other)), member])));
            else if (description.Together)
                groups.Add(new(description, members));
            else
                groups.AddRange(members.Select(member => new ReportGroup(description, [member])));
        }

        return (groups, problems);
    }
}

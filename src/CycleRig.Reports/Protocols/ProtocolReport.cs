using System.Collections.Immutable;

namespace CycleRig.Reports.Protocols;

/// <summary>What an analysis found.</summary>
/// <param name="Protocol">Name of the protocol in the catalogue.</param>
/// <param name="Title">What was evaluated.</param>
/// <param name="Recordings">Names of the recordings it is from.</param>
/// <param name="Rows">Results, the verdict first.</param>
/// <param name="Notes">What was assumed, left out, or should be looked at.</param>
/// <param name="Charts">Panels of the figure, one above the other.</param>
public sealed record ProtocolReport(
    string Protocol,
    string Title,
    ImmutableArray<string> Recordings,
    ImmutableArray<ReportRow> Rows,
    ImmutableArray<string> Notes,
    ImmutableArray<ReportChart> Charts);

using CycleRig.Reports.Protocols;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

public sealed class ReportGroupsTests
{
    [Fact]
    public void Recordings_are_evaluated_alone_or_together_as_their_protocol_has_it()
    {
        var (groups, problems) = ReportGroups.Of([Of("plating", "a"), Of("critical-current-density", "b"), Of("plating", "c"), Of("critical-current-density", "d")], null);
        Assert.Equal(["plating: a", "plating: c", "critical-current-density: b, d"], groups.Select(Text));
        Assert.Empty(problems);
        Assert.Equal(["post-mortem: a"], ReportGroups.Of([Of("plating", "a")], "post-mortem").Groups.Select(Text));
    }

    [Fact]
    public void Spectra_after_a_halt_are_with_the_halted_run_of_their_cell_alone() => Assert.Equal(
        ["plating: one", "plating: two", "after-halt: one, rested"],
        ReportGroups.Of([Of("plating", "one", "cell-1"), Of("plating", "two", "cell-2"), Of("after-halt", "rested", "cell-1")], null).Groups.Select(Text));

    /// <summary>Ten recordings of one unknown protocol are one line, which names the protocols once.</summary>
    [Fact]
    public void What_has_no_analysis_is_told_once_for_all()
    {
        var (groups, problems) = ReportGroups.Of([Of("own", "a"), Of("own", "b"), new RecordingBuilder(1).Build("c")], null);
        Assert.Empty(groups);
        Assert.Equal(["a, b: there is no analysis of the protocol `own`", "c: cell.json names no protocol"], problems.Select(line => line[..line.IndexOf(';', StringComparison.Ordinal)]));
        Assert.All(problems, line => Assert.EndsWith($"with --protocol give one of {ProtocolCatalogue.Names}", line, StringComparison.Ordinal));
    }

    private static string Text(ReportGroup group) => $"{group.Protocol.Name}: {string.Join(", ", group.Recordings.Select(recording => recording.Name))}";

    private static Recording Of(string protocol, string name, string cell = "cell-1")
    {
        var builder = new RecordingBuilder(1).Named(protocol);
        builder.Cell["id"] = cell;
        return builder.Build(name);
    }
}

using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

public sealed class AfterHaltAnalysisTests
{
    private const double Amperes = 0.5e-3 * RecordingBuilder.AreaSquareCentimetres;
    private const double Bulk = 2460;
    private const double Interface = 16_000;

    [Fact]
    public void Metal_that_is_still_there_at_rest_is_confirmed_and_its_interval_holds_it_as_often_as_it_says()
    {
        var report = Reported.Analyse("after-halt", Halted(1), Rested(1, 0.96));
        Assert.StartsWith("confirmed", report.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.Equal(4, report.Row("R_bulk lost at rest, after 60 min").Value!.Value, 0.6);
        Assert.Equal(4, report.Row("R_bulk lost under current").Value!.Value, 0.6);
        report.AssertDraws();
        Assert.InRange(Reported.Held(seed => (Reported.Analyse("after-halt", Halted(seed), Rested(seed + 1000, 0.96)).Row("R_bulk lost at rest, after 10"), 4)), 90, 100);
    }

    [Fact]
    public void A_bulk_that_is_whole_at_rest_does_not_confirm_and_a_short_is_told()
    {
        Assert.StartsWith("not confirmed", Reported.Analyse("after-halt", Halted(2), Rested(2, 1)).Row("verdict").Verdict, StringComparison.Ordinal);
        var shorted = Reported.Analyse("after-halt", Halted(2), Rested(2, 1, wire: 440));
        Assert.StartsWith("shorted while stopping", shorted.Row("verdict").Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Spectra_after_the_halt_may_stand_in_the_same_recording()
    {
        var one = Reported.Analyse("after-halt", Rest(Begin(3), 0.96, null).Build());
        Assert.StartsWith("confirmed", one.Row("verdict").Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_said_in_one_line()
    {
        Assert.Contains("no recording with current was given; the verdict needs the halted run", Reported.Refusal("after-halt", Rested(1, 1)), StringComparison.Ordinal);
        Assert.Contains("0 readable spectra at rest after the halt; the verdict needs", Reported.Refusal("after-halt", Halted(1)), StringComparison.Ordinal);
        var halted = Halted(1);
        Assert.Contains("no readable spectrum before or under current", Reported.Refusal("after-halt", halted with { Spectra = [] }, Rested(1, 1)), StringComparison.Ordinal);
        var other = Rested(1, 1);
        Assert.Contains("give the two recordings of one cell", Reported.Refusal("after-halt", halted, other with { Cell = other.Cell with { Id = "cell-2" } }), StringComparison.Ordinal);
    }

    private static Recording Halted(int seed) => Begin(seed).Build("halted");

    private static Recording Rested(int seed, double share, double? wire = null) => Rest(new RecordingBuilder(seed).Named("after-halt"), share, wire).Build("rested");

    /// <summary>Plates while 4 % of the bulk go.</summary>
    private static RecordingBuilder Begin(int seed)
    {
        var cell = new RecordingBuilder(seed).Named("plating").Rest(30).Sweep(RecordingBuilder.Symmetric(Bulk, Interface)).Rest(10);
        for (var k = 0; k <= 4; k++)
            cell.Hold(60, _ => -Amperes, _ => -0.3).Sweep(RecordingBuilder.Symmetric(Bulk * (1 - (0.01 * k)), Interface), -Amperes);
        return cell.Hold(10, _ => -Amperes, _ => -0.3).Halted("dendrite_onset");
    }

    private static RecordingBuilder Rest(RecordingBuilder cell, double share, double? wire)
    {
        foreach (var seconds in (double[])[60, 510, 2970])
        {
            cell.Rest(seconds).Sweep(wire is { } ohms ? RecordingBuilder.Shorted(Bulk, Interface, ohms) : RecordingBuilder.Symmetric(share * Bulk, Interface));
        }

        return cell.Rest(10);
    }
}

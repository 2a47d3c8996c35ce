using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Impedance.Validity;
using CycleRig.Reports.Protocols;
using CycleRig.Reports.Verdicts;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Verdicts;

/// <summary>Spectra of closed forms: what the evidence must say follows from what went in.</summary>
public sealed class VerdictEvidenceTests
{
    /// <summary>A fit of some 60 points with 0.2 % of noise tells R_bulk to about 0.1 %; three of these.</summary>
    private const double BulkError = 0.003;

    [Fact]
    public void Both_spectra_are_fitted_checked_and_compared_with_the_direct_current()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var evidence = MadeUpRun.Explained(recording, run.Verdicts(recording));
        Assert.Equal((MadeUpRun.Judged, MadeUpRun.Judged - 2), (evidence.Judged.Spectrum, evidence.HealthyVerdict!.Spectrum));
        foreach (var (spectrum, bulk) in (ReadOnlySpan<(SpectrumEvidence, double)>)[(evidence.Now!, (1 - MadeUpRun.Loss) * MadeUpRun.Bulk), (evidence.Healthy!, MadeUpRun.Bulk)])
        {
            Assert.InRange(spectrum.Reading.BulkOhms / bulk, 1 - BulkError, 1 + BulkError);
            // Noise of 0.2 % of |Z| in each part is what a circuit that describes the cell must leave.
            Assert.InRange(spectrum.Residual, 0.0015, 0.0025);
            Assert.Equal(SpectrumGrade.Good, spectrum.Check!.Grade);
            Assert.Equal(MadeUpRun.DirectOhms, spectrum.DirectOhms, 1e-6 * MadeUpRun.DirectOhms);
            Assert.Equal(1, spectrum.LowestHertz, 1e-6);
            Assert.InRange(spectrum.LowestOhms / (bulk + MadeUpRun.Interface), 0.98, 1.01);
            Assert.False(spectrum.IsPart);
        }
    }

    [Fact]
    public void The_difference_is_the_bulk_that_is_gone_and_at_one_frequency_within_the_noise()
    {
        var run = new MadeUpRun(noise: 1e-6);
        var recording = run.Cell.Build();
        var evidence = MadeUpRun.Explained(recording, run.Verdicts(recording));
        var before = RecordingBuilder.Symmetric(MadeUpRun.Bulk, MadeUpRun.Interface);
        var after = RecordingBuilder.Symmetric((1 - MadeUpRun.Loss) * MadeUpRun.Bulk, MadeUpRun.Interface);
        Assert.Equal(evidence.Now!.Spectrum.Points.Length, evidence.Difference.Length);
        // Files carry seven digits.
        Assert.All(evidence.Difference, point => Assert.Equal(0, (point.Ohms - before(point.FrequencyHz) + after(point.FrequencyHz)).Magnitude, 0.2));
        Assert.Equal(MadeUpRun.Loss * MadeUpRun.Bulk, evidence.Difference[^1].Ohms.Real, 0.5);
    }

    [Fact]
    public void A_sweep_that_the_halt_has_cut_is_read_above_one_kilohertz()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var last = recording.Spectra[MadeUpRun.Judged];
        var part = last with { Points = last.Points.RemoveAll(point => point.FrequencyHz < SweepPart.LowestHertz) };
        var evidence = MadeUpRun.Explained(recording, run.Verdicts(recording, part), kept: sweep => sweep.Index < MadeUpRun.Judged);
        Assert.True(evidence.Now is { IsPart: true, Reading: { Valid: true, BulkOnly: true } });
        Assert.InRange(evidence.Now!.Reading.BulkOhms / ((1 - MadeUpRun.Loss) * MadeUpRun.Bulk), 1 - BulkError, 1 + BulkError);
        Assert.InRange(evidence.Now.Residual, 0.0012, 0.0028);
        Assert.Equal(part.Points.Length, evidence.Difference.Length);
        Assert.Equal(MadeUpRun.DirectOhms, evidence.Now.DirectOhms, 1e-6 * MadeUpRun.DirectOhms);
        Assert.All(evidence.Now.Points, point => Assert.InRange(point.Measured.FrequencyHz, 1e3, 3e6));
    }

    [Fact]
    public void What_the_journal_lacks_is_missing_and_the_rest_is_there()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var verdicts = run.Verdicts(recording);
        var lost = MadeUpRun.Explained(recording, verdicts, kept: sweep => sweep.Index < MadeUpRun.Judged);
        Assert.True(lost is { Now: null, Healthy: not null, Difference.IsEmpty: true, AfterHalt: null });
        var unhealthy = MadeUpRun.Explained(recording, verdicts with { Rows = [verdicts.Rows[^1]] });
        Assert.True(unhealthy is { Now: not null, HealthyVerdict: null, Healthy: null, Difference.IsEmpty: true });
        Assert.Null(VerdictEvidence.Of(verdicts with { Rows = [] }, recording.Spectra, (_, _) => [], LaterSweeps.None));
        Assert.NotEmpty(EvidenceText.Lines(lost));
        Assert.NotEmpty(EvidenceText.Lines(unhealthy));
    }

    [Fact]
    public void Without_a_halt_the_newest_verdict_counts_and_with_another_halt_the_newest_before_it()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var verdicts = run.Verdicts(recording, reason: null);
        Assert.Equal(MadeUpRun.Judged, verdicts.Deciding!.Spectrum);
        var halted = verdicts with { Halt = new(verdicts.Rows[4].TimeSeconds + 1, DateTimeOffset.UnixEpoch, Reason.VoltageCollapse) };
        Assert.Equal(4, halted.Deciding!.Spectrum);
    }

    [Theory]
    [InlineData(0.96, AfterHaltWord.Confirmed)]
    [InlineData(1, AfterHaltWord.NotConfirmed)]
    public void Spectra_at_rest_after_the_halt_confirm_what_stays_and_do_not_confirm_what_is_back(double share, AfterHaltWord expected)
    {
        foreach (var seed in (ReadOnlySpan<int>)[1, 2, 3])
        {
            var run = new MadeUpRun(seed).Rested(RecordingBuilder.Symmetric(share * MadeUpRun.Bulk, MadeUpRun.Interface));
            var recording = run.Cell.Build();
            var after = MadeUpRun.Explained(recording, run.Verdicts(recording)).AfterHalt!;
            Assert.Equal(expected, after.Verdict.Word);
            Assert.True(after.Verdict.IsComplete);
            Assert.Null(after.Run);
            Assert.Equal(3, after.Verdict.Losses.Length);
            Assert.All(after.Verdict.Losses, loss => Assert.InRange(loss.Loss.Value, 1 - share - 0.006, 1 - share + 0.006));
            Assert.Equal(60, after.Verdict.Losses[^1].Minutes, 1.0);
            Assert.Equal(MadeUpRun.Loss, after.Verdict.Claimed!.Value.Value, 0.006);
        }
    }

    /// <summary>The compensation is the one of the early warning: σT with 0.39 eV. 5 K at 30 °C are 21 % of R_bulk, more than any loss here.</summary>
    [Fact]
    public void A_cell_that_has_cooled_since_is_compared_at_one_temperature()
    {
        var run = new MadeUpRun();
        run.Cell.Celsius = 25;
        var cold = 298.15 / 303.15 * Math.Exp(0.39 / 8.617333e-5 * ((1 / 298.15) - (1 / 303.15)));
        var recording = run.Rested(RecordingBuilder.Symmetric(0.96 * MadeUpRun.Bulk * cold, MadeUpRun.Interface)).Cell.Build();
        var verdict = MadeUpRun.Explained(recording, run.Verdicts(recording)).AfterHalt!.Verdict;
        Assert.Equal(0.04, verdict.Middle!.Value.Value, 0.006);
    }

    [Fact]
    public void A_wire_beside_the_cell_is_a_short_while_stopping_whatever_halted_it()
    {
        foreach (var reason in (ReadOnlySpan<Reason>)[Reason.DendriteOnset, Reason.VoltageCollapse])
        {
            // 440 Ω beside all: at the lowest frequency 430 Ω, 0.17 of R_bulk.
            var run = new MadeUpRun().Rested(RecordingBuilder.Shorted(MadeUpRun.Bulk, MadeUpRun.Interface, 440));
            var recording = run.Cell.Build();
            var after = MadeUpRun.Explained(recording, run.Verdicts(recording, reason: reason)).AfterHalt!;
            Assert.Equal(AfterHaltWord.ShortedWhileStopping, after.Verdict.Word);
            Assert.Equal(1 / ((MadeUpRun.Bulk / 440) + (MadeUpRun.Bulk / (MadeUpRun.Bulk + MadeUpRun.Interface))), after.Verdict.ShortShare!.Value, 0.01);
        }
    }

    [Fact]
    public void A_halt_that_says_nothing_of_the_cell_has_no_verdict_at_rest()
    {
        var run = new MadeUpRun().Rested(RecordingBuilder.Symmetric(MadeUpRun.Bulk, MadeUpRun.Interface));
        var recording = run.Cell.Build();
        Assert.Null(MadeUpRun.Explained(recording, run.Verdicts(recording, reason: Reason.TripChamber)).AfterHalt);
    }

    [Fact]
    public void A_run_that_followed_tells_the_same_and_one_early_spectrum_is_no_whole_verdict()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var rest = new RecordingBuilder(7).Rest(60).Sweep(RecordingBuilder.Symmetric(0.96 * MadeUpRun.Bulk, MadeUpRun.Interface)).Rest(510)
            .Sweep(RecordingBuilder.Symmetric(0.96 * MadeUpRun.Bulk, MadeUpRun.Interface)).Build();
        var id = Guid.CreateVersion7();
        ImmutableArray<Spectrum> sweeps = [.. rest.Spectra];
        var whole = MadeUpRun.Explained(recording, run.Verdicts(recording), new(id, [1.2, 10.1], sweeps)).AfterHalt!;
        Assert.Equal((AfterHaltWord.Confirmed, true, id), (whole.Verdict.Word, whole.Verdict.IsComplete, whole.Run!.Value));
        var early = MadeUpRun.Explained(recording, run.Verdicts(recording), new(id, [1.2], [sweeps[0]]));
        Assert.False(early.AfterHalt!.Verdict.IsComplete);
        Assert.Contains(EvidenceText.Lines(early), line => line.StartsWith("after the halt, so far (a verdict needs 2 spectra, the last 9 min after the halt or later): confirmed", StringComparison.Ordinal));
    }
}

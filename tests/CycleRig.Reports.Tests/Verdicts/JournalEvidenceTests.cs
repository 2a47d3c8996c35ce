using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Reports.Protocols;
using CycleRig.Reports.Verdicts;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Verdicts;

/// <summary>The made-up run as a host would have written it.</summary>
public sealed class JournalEvidenceTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly Journal _journal;

    public JournalEvidenceTests() => _journal = Journal.Open(_folder.Path);

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_halted_run_is_read_whole()
    {
        var run = new MadeUpRun();
        var recording = run.Cell.Build();
        var last = recording.Spectra[MadeUpRun.Judged];
        Write(run, recording, "ch-1", part: last with { Points = last.Points.RemoveAll(point => point.FrequencyHz < SweepPart.LowestHertz) });
        var evidence = JournalEvidence.Of(_journal.Reader, ExplainedRun.Of(_journal.Reader, "ch-1")!)!;
        Assert.Equal(WarningLevel.Halt, evidence.Judged.Level);
        Assert.Equal(Reason.DendriteOnset, evidence.Run.Halt!.Value.Reason);
        Assert.True(evidence is { Now: { IsPart: true, Reading.Valid: true }, Healthy: not null, Difference.IsEmpty: false, AfterHalt: null });
        // Plated at 0.5 mA/cm² for most of the run's time: charge is counted by the samples.
        Assert.Equal(Math.Abs(run.Cell.Charge) / 3.6 / RecordingBuilder.AreaSquareCentimetres, evidence.Judged.PassedMilliampereHoursPerSquareCentimetre, 0.01);
        Assert.Equal(-0.5, evidence.Judged.MilliamperesPerSquareCentimetre, 1e-6);
    }

    [Fact]
    public void An_after_halt_run_explains_the_halted_run_before_it_on_whatever_channel()
    {
        var run = new MadeUpRun();
        var halted = Write(run, run.Cell.Build(), "ch-1");
        var rest = Rest("ch-2", Noon.AddSeconds(run.HaltSeconds).AddMinutes(5));
        foreach (var channel in (string[])["ch-1", "ch-2"])
        {
            var explained = ExplainedRun.Of(_journal.Reader, channel)!;
            Assert.Equal((halted, rest), (explained.Run.Run, explained.After!.Run));
            var after = JournalEvidence.Of(_journal.Reader, explained)!.AfterHalt!;
            Assert.Equal((AfterHaltWord.Confirmed, rest), (after.Verdict.Word, after.Run!.Value));
            // Minutes are those since the halt, 5 min before the run at rest began.
            Assert.Equal(6.25, after.Verdict.Losses[0].Minutes, 0.25);
        }
    }

    [Fact]
    public void Another_cells_rest_and_a_channel_without_runs_explain_nothing()
    {
        var run = new MadeUpRun();
        var halted = Write(run, run.Cell.Build(), "ch-1");
        var other = Rest("ch-1", Noon.AddHours(1), "cell-2");
        var explained = ExplainedRun.Of(_journal.Reader, "ch-1")!;
        Assert.Equal((other, other), (explained.Run.Run, (explained.After ?? explained.Run).Run));
        Assert.NotEqual(halted, explained.Run.Run);
        Assert.Null(ExplainedRun.Of(_journal.Reader, "ch-9"));
        Assert.Null(JournalEvidence.Of(_journal.Reader, new(new(Guid.CreateVersion7(), "ch-9", "", Noon, 0, null, null, null), null)));
    }

    private Guid Write(MadeUpRun made, Recording recording, string channel, Spectrum? part = null)
    {
        var run = Start(channel, "cell-1", "plating", Noon);
        foreach (var batch in recording.Samples.Chunk(20))
            _journal.Append(JournalRecord.Samples(channel, run, Noon.AddSeconds(batch[^1].TimeSeconds), batch));
        foreach (var sweep in recording.Spectra.Where(sweep => part is null || sweep.Index < part.Index))
            _journal.Append(JournalRecord.OfSpectrum(channel, run, Noon.AddSeconds(sweep.EndSeconds), sweep));
        foreach (var row in made.Verdicts(recording, part).Rows)
        {
            _journal.Append(JournalRecord.Json(RecordKind.Fit, channel, run, row.TimeSeconds, Noon.AddSeconds(row.TimeSeconds), new JsonObject
            {
                ["spectrum"] = row.Spectrum, ["level"] = row.Level.ToString().ToLowerInvariant(), ["detail"] = row.Detail, ["fit_version"] = row.FitVersion,
                ["part"] = row.Part is { } cut ? SpectrumPartJson.Of(cut) : null, ["evidence"] = JsonNode.Parse(CanonicalJson.Bytes<Evidence>(row.Evidence!)),
            }));
        }

        _journal.Append(JournalRecord.Json(RecordKind.Decision, channel, run, made.HaltSeconds, Noon.AddSeconds(made.HaltSeconds), new JsonObject
        {
            ["state"] = "halted", ["commands"] = new JsonArray(new JsonObject { ["type"] = "raise_alarm", ["reason"] = "dendrite_onset", ["text"] = "made up" }),
        }));
        _journal.Flush();
        return run;
    }

    private Guid Rest(string channel, DateTimeOffset utc, string cell = "cell-1")
    {
        var run = Start(channel, cell, "after-halt", utc);
        var rest = new RecordingBuilder(9).Rest(60).Sweep(RecordingBuilder.Symmetric(0.96 * MadeUpRun.Bulk, MadeUpRun.Interface)).Rest(510)
            .Sweep(RecordingBuilder.Symmetric(0.96 * MadeUpRun.Bulk, MadeUpRun.Interface)).Build();
        foreach (var sweep in rest.Spectra)
            _journal.Append(JournalRecord.OfSpectrum(channel, run, utc.AddSeconds(sweep.EndSeconds), sweep));
        _journal.Flush();
        return run;
    }

    private Guid Start(string channel, string cell, string protocol, DateTimeOffset utc)
    {
        var run = Guid.CreateVersion7();
        _journal.Append(JournalRecord.RunStarted(channel, run, 0, utc, cell, new JsonObject
        {
            ["area_cm2"] = RecordingBuilder.AreaSquareCentimetres, ["activation_energy_nominal_eV"] = 0.39, ["protocol"] = new JsonObject { ["name"] = protocol },
        }));
        return run;
    }
}

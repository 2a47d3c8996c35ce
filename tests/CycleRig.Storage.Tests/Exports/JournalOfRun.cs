using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Storage.Exports;
using CycleRig.Storage.Journals;
using CycleRig.Testing;

namespace CycleRig.Storage.Tests.Exports;

/// <summary>A journal with one run, written as a channel writes it, and what went in: what files must say.</summary>
internal sealed class JournalOfRun : IDisposable
{
    public const double Origin = 1000.25;
    public const string Program = "1.2.3";
    public static readonly Guid Run = new("01930000-0000-7000-8000-00000000abcd");
    public static readonly DateTimeOffset Utc = new(2026, 11, 24, 23, 59, 30, 500, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly OwnerToken Token = new(new("00000000-0000-0000-0000-000000000001"), 1);

    private readonly TemporaryFolder _folder = new();
    private readonly Journal _journal;

    /// <summary>Opens the run.</summary>
    public JournalOfRun(string cell = "cell-1", string person = "Ada", Protocol? protocol = null)
    {
        _journal = Journal.Open(At("data"));
        var facts = new JsonObject { ["id"] = cell, ["area_cm2"] = 0.0314, ["protocol"] = new JsonObject { ["name"] = protocol?.Name } };
        _journal.Append(JournalRecord.RunStarted("ch-1", Run, Origin, Utc, cell, facts));
        if (protocol is not null)
        {
            var body = new JsonObject { ["protocol"] = JsonSerializer.SerializeToNode(protocol, MessageJson.Options), ["sha256"] = "as written" };
            _journal.Append(JournalRecord.Json(RecordKind.Configuration, "ch-1", Run, Origin, Utc, body));
        }

        Decide(0, "settling", 0, new StartOrdered(person, Run, null, 0, 0), new SetConditions(Temperature.FromCelsius(30), Pressure.FromMegapascals(5)));
    }

    public List<Sample> Samples { get; } = [];

    public List<Spectrum> Spectra { get; } = [];

    public JournalReader Reader => _journal.Reader;

    /// <summary>Settle; a loop of two passes of a rest and a plating; a PEIS.</summary>
    public static Protocol Looped { get; } = new(
        "looped",
        [
            Plans.Plating.Steps[0],
            new Loop("cycles", 2, [new Rest("rest", TimeSpan.FromSeconds(5)), Plans.Plate(), Plans.Plate(0.5) with { Label = "strip" }]),
            Plans.Plating.Steps[2],
        ],
        SafetyTerms.Default);

    public string At(string name) => Path.Combine(_folder.Path, name);

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    /// <summary>Journals a decision at a time of the run, s.</summary>
    public void Decide(double seconds, string state, int? step, ChannelEvent happened, params ChannelCommand[] commands) =>
        _journal.Append(JournalRecord.Json(RecordKind.Decision, "ch-1", Run, Origin + seconds, Utc.AddSeconds(seconds), new JsonObject
        {
            ["event"] = JsonSerializer.SerializeToNode(happened, MessageJson.Options),
            ["state"] = state,
            ["step"] = step,
            ["commands"] = new JsonArray([.. commands.Select(command => JsonSerializer.SerializeToNode(command, MessageJson.Options))]),
            ["refusal"] = null,
        }));

    /// <summary>Journals that the sample at a time ended a step.</summary>
    public void Next(double seconds, string state, int? step) =>
        Decide(seconds, state, step, new SampleMeasured(1, new(Origin + seconds, 0, 0, 30, 5, 0), default!));

    /// <summary>Journals samples; their times are those of the run, s.</summary>
    public void Sampled(params Sample[] samples)
    {
        var written = samples.Select(sample => sample with { TimeSeconds = Origin + sample.TimeSeconds }).ToArray();
        Samples.AddRange(written);
        _journal.Append(JournalRecord.Samples("ch-1", Run, Utc, written));
    }

    /// <summary>Journals the order of a sweep, and the sweep: points from a time of the run on, 0.1 s apart.</summary>
    public void Swept(double seconds, SegmentKind kind, double amperes, params (double Hertz, double Real, double Imaginary)[] points)
    {
        var index = Spectra.Count;
        var isPotentiostatic = kind == SegmentKind.Peis;
        var sweep = new SegmentSweep(index, [.. points.Select(point => point.Hertz)], isPotentiostatic ? 0 : 1.5e-6, isPotentiostatic ? 0.01 : 0, 3);
        var segment = new Segment(
            Run, index + 1, kind, new(amperes), default, sweep, TimeSpan.FromSeconds(60), new(1), new(-5), new(5), new(1e-3), false, false);
        Decide(seconds - 0.5, "running", 1, new SessionTicked(1), new ArmSegment(Token, 0, 1, segment, false));
        Spectra.Add(new(index, Origin + seconds, [.. points.Select((point, i) => new SpectrumPoint(
            point.Hertz, point.Real, point.Imaginary, Origin + seconds + (0.1 * i), amperes, 29.75 + i, 4.5))]));
        _journal.Append(JournalRecord.OfSpectrum("ch-1", Run, Utc, Spectra[^1]));
    }

    public void Flush() => _journal.Flush();

    public void Append(JournalRecord record) => _journal.Append(record);

    /// <summary>Changes a bit of what is on the disk, in the file and its log.</summary>
    public void Flip(ReadOnlySpan<byte> pattern)
    {
        _journal.Flush();
        foreach (var path in Directory.GetFiles(At("data"), "journal-*"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf(pattern) is var at and >= 0)
            {
                file.Position = at;
                file.WriteByte((byte)(bytes[at] ^ 1));
            }
        }
    }

    /// <summary>Exports what was journalled.</summary>
    public async Task<(ExportResult Result, JsonObject Metadata)> Export(
        ExportFormat format, string name = "out", bool force = false, IProgress<ExportProgress>? progress = null, CancellationTokenSource? cut = null)
    {
        var cancellation = cut?.Token ?? Xunit.TestContext.Current.CancellationToken;
        _journal.Flush();
        var entry = Reader.Runs().Single(run => run.Run == Run);
        var (target, problem) = ExportTarget.Of(At(name), format, entry.Cell, entry.Run, entry.Started, force);
        Xunit.Assert.Null(problem);
        var result = await RunExport.WriteAsync(Reader, entry, format, target!, (Program, Now), progress, cancellation);
        return (result, (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(result.Metadata, cancellation))!);
    }
}

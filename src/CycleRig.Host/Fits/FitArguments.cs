using System.CommandLine;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Reports.Fits;

namespace CycleRig.Host.Fits;

/// <summary>The arguments of `fit`, and what they ask for.</summary>
internal sealed class FitArguments
{
    private readonly Argument<string[]> _files = new("FILES") { Description = "Exports of instruments (BioLogic, Gamry, ZView, Zahner, PalmSens and others), or text with columns frequency, Re Z, Im Z. Each loop of a file is a spectrum.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _circuit = new("--circuit") { Description = "Such as R0-p(R1,CPE1)-p(R2,CPE2) or R(RQ)(RQ); with values, R{R=50}(R{R=3800}Q{Y=6e-11,n=0.95F}), these are the start, F for fixed." };
    private readonly Option<string?> _select = new("--select") { Description = "Chooses among circuits, \"C1;C2\"; without a value among those usual for solid-state cells.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _weight = new("--weight") { Description = "modulus (default), unit or proportional.", DefaultValueFactory = _ => "modulus" };
    private readonly Option<string?> _range = new("--range") { Description = "Frequencies that are used, such as 1kHz..3MHz or ..1e6 (Hz)." };
    private readonly Option<double?> _noise = new("--noise") { Description = "Noise of each part relative to |Z|, such as 0.005; told by Lin-KK unless given." };
    private readonly Option<string[]> _start = new("--start") { Description = "Start values in SI units: R1=3800,CPE1_0=6e-11. The others are guessed." };
    private readonly Option<string[]> _fix = new("--fix") { Description = "Parameters that are held: R0=0,CPE1_1=1." };
    private readonly Option<string[]> _bound = new("--bound") { Description = "Bounds: R1=100..1e4." };
    private readonly Option<bool> _check = new("--kk") { Description = "Checks the spectrum: Kramers-Kronig, drift, outliers, what the instrument says." };
    private readonly Option<bool> _relaxation = new("--drt") { Description = "Distribution of relaxation times with its peaks." };
    private readonly Option<bool> _series = new("--series") { Description = "The spectra are one series in the order given: each begins from the last, arcs keep their names." };
    private readonly Option<bool> _drift = new("--drift") { Description = "Resistances may change during the sweep; needs the times of the points." };
    private readonly Option<int> _bootstrap = new("--bootstrap") { Description = "Errors by so many refits of redrawn spectra (20 to 100000)." };
    private readonly Option<string?> _sentinel = new("--sentinel") { Description = "Plans the short sweep that tells a resistance best per second, such as R1, from the fit." };
    private readonly Option<double> _overhead = new("--overhead") { Description = "Time that the instrument takes for a point of that sweep beside its periods, s (0.06).", DefaultValueFactory = _ => new SweepPlanOptions().OverheadSeconds };
    private readonly Option<bool> _interval = new("--interval") { Description = "95 % intervals by profile likelihood." };
    private readonly Option<bool> _force = new("--force") { Description = "Empty the folder of --out if it is not." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document and nothing else." };

    public Option<string?> Jsonl { get; } = new("--jsonl") { Description = "File of JSON lines, each a spectrum with its circuit." };

    public Option<string?> Output { get; } = new("--out") { Description = "Folder for JSON, CSV, PNG and SVG (./fit unless given); with --jsonl the file for the answers." };

    public void AddTo(Command command)
    {
        command.Add(_files);
        foreach (var option in (Option[])[_circuit, _select, _weight, _range, _noise, _start, _fix, _bound, _check, _relaxation, _series, _drift, _bootstrap, _interval, _sentinel, _overhead, Output, _force, _json, Jsonl])
            command.Add(option);
    }

    /// <summary>What is asked for.</summary>
    /// <exception cref="FormatException">It cannot be done; the message says what to write.</exception>
    public FitRequest Read(ParseResult parsed)
    {
        var files = parsed.GetValue(_files) ?? [];
        var selects = parsed.GetResult(_select) is not null;
        var circuit = parsed.GetValue(_circuit);
        var (check, relaxation, series, drift) = (parsed.GetValue(_check), parsed.GetValue(_relaxation), parsed.GetValue(_series), parsed.GetValue(_drift));
        if (selects && parsed.GetValue(_select) is { } taken && File.Exists(taken))
            throw new FormatException($"--select took the file {taken} for its circuits; write the files first, or --select \"C1;C2\"");
        if (files.Length == 0)
            throw new FormatException("give one or more files, such as `cyclerig fit FILE --circuit \"R0-p(R1,CPE1)\"`; or --jsonl IN --out OUT");
        if (circuit is null && !selects && !check && !relaxation)
            throw new FormatException("say what to do: --circuit C fits, --select chooses a circuit, --kk checks, --drt gives the relaxation times");
        if (selects && (circuit is not null || HasAny(parsed, _start) || HasAny(parsed, _fix) || HasAny(parsed, _bound)))
            throw new FormatException("--select goes without --circuit, --start, --fix and --bound; write \"C1;C2\" behind --select, or fit the chosen circuit in a second call");
        if (series && (drift || selects || circuit is null))
            throw new FormatException("--series fits one --circuit to all spectra, without --drift and --select; leave these out, or --series");
        if (circuit is null && !selects && (drift || HasAny(parsed, _start) || HasAny(parsed, _fix) || HasAny(parsed, _bound) || parsed.GetValue(_bootstrap) != 0 || parsed.GetValue(_interval) || parsed.GetValue(_sentinel) is not null))
            throw new FormatException("--start, --fix, --bound, --drift, --bootstrap, --interval and --sentinel need a circuit; give it with --circuit");
        var plan = Plan(parsed) with { Check = check, Relaxation = relaxation, Drift = drift };
        return new(files, circuit is not null ? Fitting(plan, parsed, circuit) : selects ? Selecting(plan, parsed.GetValue(_select)) : plan,
            series, parsed.GetValue(Output), parsed.GetValue(_force), parsed.GetValue(_json));
    }

    private AnalysisPlan Plan(ParseResult parsed)
    {
        var weighting = parsed.GetValue(_weight) switch
        {
            "modulus" => Weighting.Modulus,
            "unit" => Weighting.Unit,
            "proportional" => Weighting.Proportional,
            var other => throw new FormatException($"--weight {other}: write modulus, unit or proportional"),
        };
        var overhead = parsed.GetValue(_overhead);
        if (!(overhead >= 0) || !double.IsFinite(overhead))
            throw new FormatException(FormattableString.Invariant($"--overhead {overhead}: write seconds from 0, such as 0.06"));
        var (noise, refits) = (parsed.GetValue(_noise), parsed.GetValue(_bootstrap));
        if (noise is not null and not (> 0 and < 1))
            throw new FormatException(FormattableString.Invariant($"--noise {noise}: write a part of |Z| above 0, such as 0.005"));
        if (refits is not 0 and (< 20 or > 100_000))
            throw new FormatException($"--bootstrap {refits}: give 20 to 100000 refits");
        return new()
        {
            Options = FitOptions.Default with { Weighting = weighting, RejectAbove = SpectrumAnalyst.RejectAbove },
            Range = parsed.GetValue(_range) is { } range ? FrequencyRange.Parse(range) : FrequencyRange.All,
            Noise = noise,
            Intervals = parsed.GetValue(_interval),
            Bootstrap = refits,
            Sentinel = parsed.GetValue(_sentinel),
            OverheadSeconds = overhead,
        };
    }

    private AnalysisPlan Fitting(AnalysisPlan plan, ParseResult parsed, string circuit)
    {
        var description = CircuitDescription.Read(circuit);
        var given = new GivenParameters(description);
        given.AddStart(parsed.GetValue(_start) ?? []);
        given.AddFixed(parsed.GetValue(_fix) ?? []);
        given.AddBounds(parsed.GetValue(_bound) ?? []);
        given.Check();
        return plan with { Circuits = [description.Circuit], Start = given.Start, Options = plan.Options with { Fixed = given.Fixed, Bounds = given.Bounds } };
    }

    private static AnalysisPlan Selecting(AnalysisPlan plan, string? circuits)
    {
        string[] texts = circuits is null ? [.. CircuitSelection.Library] : circuits.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return texts.Length > 1
            ? plan with { Circuits = [.. texts.Select(text => Circuit.Parse(text))] }
            : throw new FormatException("--select chooses among two circuits or more; write \"C1;C2\", or nothing for those usual for solid-state cells");
    }

    private static bool HasAny(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 };
}

using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Exports;

/// <summary>The step that a run was in at an instant.</summary>
/// <param name="Count">+1 at each step, also at each halt and pause; from 1, 0 before anything was decided.</param>
/// <param name="Id">Place in the protocol as written, from 1; 0 while halted, paused or over.</param>
/// <param name="Sequence">Id less 1 of the newest step that had one: Ns of BioLogic's layout.</param>
/// <param name="Type">Step Type of the Battery Data Format, or null where the protocol is not known.</param>
/// <param name="Cycle">Number of the cycle; 0 before the first.</param>
/// <param name="Control">What controls the cell.</param>
/// <param name="BeganSeconds">When it began, on the journal's clock, s.</param>
/// <param name="AppliedPascals">Set-point of the press, Pa; NaN where none was given.</param>
internal sealed record StepAt(
    long Count, int Id, int Sequence, string? Type, int Cycle, ControlMode Control, double BeganSeconds, double AppliedPascals);

/// <summary>How a sweep was ordered.</summary>
/// <param name="IsPotentiostatic">Whether its sine is a voltage.</param>
/// <param name="Amplitude">Peak, V or A.</param>
internal sealed record SweepOrder(bool IsPotentiostatic, double Amplitude);

/// <summary>
/// Follows the decisions of a run beside its samples or spectra. Both are asked for in rising time; only what is ordered ahead is kept.
/// A sample whose judgement ended a step still belongs to it.
/// </summary>
internal sealed class StepTrack : IDisposable
{
    private readonly IReadOnlyList<ProgramStep>? _program;
    private readonly IEnumerator<JournalRow> _decisions;
    private readonly SortedDictionary<int, SweepOrder> _ordered = [];
    private int? _step;
    private bool _hasNext;
    private StepAt _now;

    public StepTrack(ExportedRun run)
    {
        _program = run.Protocol() is { } protocol ? ProgramStep.Of(protocol) : null;
        _decisions = run.Rows(RecordKind.Decision).GetEnumerator();
        _hasNext = _decisions.MoveNext();
        _now = new(0, 0, 0, _program is null ? null : "REST", 0, ControlMode.Rest, run.OriginSeconds, double.NaN);
    }

    /// <summary>The step at a time of the journal's clock, s.</summary>
    public StepAt At(double seconds)
    {
        while (_hasNext && _decisions.Current.Record is { } next && next.TimeSeconds <= seconds)
        {
            var line = next.DecodeJson();
            if (next.TimeSeconds == seconds && line["event"]?["type"]?.ToString() == "sample_measured")
                break;
            Take(line, next.TimeSeconds);
            _hasNext = _decisions.MoveNext();
        }

        return _now;
    }

    /// <summary>How a sweep was ordered, or null where the journal does not say. Sweeps are asked for in rising order.</summary>
    public SweepOrder? OrderOf(int sweep)
    {
        while (_ordered.Count > 0 && _ordered.First().Key < sweep)
            _ordered.Remove(_ordered.First().Key);
        return _ordered.GetValueOrDefault(sweep);
    }

    public void Dispose() => _decisions.Dispose();

    private void Take(JsonObject line, double seconds)
    {
        foreach (var command in (line["commands"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (command["segment"] is JsonObject segment)
                Ordered(segment);
            else if (command["type"]?.ToString() == "set_conditions" && command["pressure"]?["pascals"] is JsonValue pascals && pascals.TryGetValue<double>(out var applied))
                _now = _now with { AppliedPascals = applied };
        }

        var step = line["state"]?.ToString() is "running" or "settling" ? line["step"]?.GetValue<int>() : null;
        if (_now.Count > 0 && step == _step)
            return;
        _step = step;
        var known = step is { } place && place < _program?.Count ? _program[place] : null;
        var id = known?.Id ?? (step + 1) ?? 0;
        _now = new(
            _now.Count + 1, id, id > 0 ? id - 1 : _now.Sequence, known?.Type ?? (step is null ? "REST" : null), known?.Cycle ?? _now.Cycle,
            known?.Control ?? (step is null ? ControlMode.Rest : ControlMode.Current), seconds, _now.AppliedPascals);
    }

    private void Ordered(JsonObject segment)
    {
        var isPotentiostatic = segment["kind"]?.ToString() == "peis";
        if (segment["sweep"] is JsonObject sweep)
        {
            _ordered[sweep["index"]!.GetValue<int>()] =
                new(isPotentiostatic, sweep[isPotentiostatic ? "amplitude_volts" : "amplitude_amperes"]!.GetValue<double>());
        }

        if (segment["sentinels"] is JsonObject sentinels)
        {
            var first = sentinels["first_index"]!.GetValue<int>();
            for (var i = 0; i < sentinels["count"]!.GetValue<int>(); i++)
                _ordered[first + i] = new(false, sentinels["amplitude_amperes"]!.GetValue<double>());
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Electronic conductivity from the current after a step of potential across blocking electrodes.</summary>
internal static class ElectronicConductivityAnalysis
{
    /// <summary>A voltage is held while it stays within this share, or this many volts.</summary>
    private const double HeldShare = 0.02, HeldVolts = 1e-3;

    /// <summary>Less than this is no step, V.</summary>
    private const double StepMinVolts = 5e-3;

    private const double SecondsPerHour = 3600;

    /// <summary>Electrodes through which ions pass, as cell.json writes them.</summary>
    private static readonly string[] Reversible = ["Li", "LiMg", "Na"];

    public static ProtocolReport Analyse(Recording recording)
    {
        if ((recording.Cell.All["electrode"] as JsonObject)?["working"]?.ToString() is { } electrode && Reversible.Contains(electrode))
            throw new ReportException($"{recording.Name}: electrodes of {electrode} let ions through; an electronic conductivity needs electrodes that block them, such as Ni");
        var pellet = CellSheet.Pellet(recording);
        var held = Held(recording);
        var volts = held.Average(sample => sample.Volts);
        var origin = held[0].TimeSeconds;
        // The first sample is the zero of the time since the step.
        ImmutableArray<double> times = [.. held.Skip(1).Select(sample => sample.TimeSeconds - origin)];
        ImmutableArray<double> currents = [.. held.Skip(1).Select(sample => sample.CurrentAmperes)];
        var floor = CurrentFloor.Of(recording, currents);
        var found = ElectronicConductivity.Of(times, currents, new(volts), pellet, new(floor.Amperes));
        var below = found.Verdict == SteadyVerdict.BelowFloor;
        return new(
            "electronic-conductivity", $"{CellSheet.Name(recording)}: current after a step of {volts * 1e3:F0} mV", [recording.Name],
            [
                ReportRow.Words("verdict", LetsIonsThrough(recording) ? "no electronic conductivity: the spectrum does not end in the line of electrodes that block ions" : Verdict(found)),
                below
                    ? new ReportRow("σ_e", null, "S/cm", $"below {SiText(found.High.SiemensPerCentimetre)} S/cm") { High = found.High.SiemensPerCentimetre }
                    : ReportRow.Of("σ_e", Interval(found, floor), "S/cm"),
                new("current at the end", found.LastCurrent.Amperes * 1e9, "nA"),
                ReportRow.Of(
                    "drift of the last third",
                    new(found.DriftPercentPerHour, found.DriftPercentPerHour - found.DriftHalfWidthPercentPerHour, found.DriftPercentPerHour + found.DriftHalfWidthPercentPerHour),
                    below ? "% of the floor per hour" : "% per hour"),
                new("held for", times[^1] / SecondsPerHour, "h"),
            ],
            [
                CellSheet.SpreadingNote(pellet),
                floor.Note,
            ],
            [Chart(times, currents, found, Math.Sign(volts))]);
    }

    /// <summary>What the instrument may be off is the same in every sample: no averaging takes it away, and the scatter does not show it.</summary>
    private static Estimate Interval(ElectronicConductivity found, CurrentFloor floor)
    {
        var off = floor.OffsetAmperes * Math.Abs(found.Value.SiemensPerCentimetre / found.SteadyCurrent.Amperes);
        var known = double.IsFinite(off) ? off : 0;
        return new(found.Value.SiemensPerCentimetre, Math.Max(0, found.Low.SiemensPerCentimetre - known), found.High.SiemensPerCentimetre + known);
    }

    private static bool LetsIonsThrough(Recording recording) => recording.Spectra.Count > 0 && !recording.Spectra.Any(BlockingSpectrumFit.IsBlocking);

    private static string Verdict(ElectronicConductivity found) => found.Verdict switch
    {
        SteadyVerdict.Steady => "steady: only electrons flow",
        SteadyVerdict.NotSteadyYet => "not steady yet: σ_e is extrapolated; hold longer",
        SteadyVerdict.BelowFloor => "below the instrument's floor: only an upper bound",
        SteadyVerdict.Undecided => "noise hides whether the current is steady; average more or hold longer",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string SiText(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>The longest stretch at one voltage other than 0.</summary>
    private static List<Sample> Held(Recording recording)
    {
        var samples = CurrentStep.Usable(recording).Where(sample => double.IsFinite(sample.Volts)).ToList();
        var (best, begin) = ((Start: 0, Count: 0, Seconds: 0.0), 0);
        for (var i = 1; i <= samples.Count; i++)
        {
            if (i < samples.Count && Math.Abs(samples[i].Volts - samples[begin].Volts) <= Math.Max(HeldVolts, HeldShare * Math.Abs(samples[begin].Volts)))
                continue;
            var seconds = samples[i - 1].TimeSeconds - samples[begin].TimeSeconds;
            if (Math.Abs(samples[begin].Volts) >= StepMinVolts && seconds > best.Seconds)
                best = (begin, i - begin, seconds);
            begin = i;
        }

        return best.Count > ElectronicConductivity.SamplesMin
            ? samples.GetRange(best.Start, best.Count)
            : throw new ReportException(
                $"{recording.Name}: no step of potential of 5 mV or more with {ElectronicConductivity.SamplesMin} samples; run examples/protocols/electronic-conductivity.yaml");
    }

    private static ReportChart Chart(ImmutableArray<double> times, ImmutableArray<double> currents, ElectronicConductivity found, int sign)
    {
        var end = times[^1] / SecondsPerHour;
        return new(
            "time since the step / h", "|current| / nA",
            [
                new("measured", [.. times.Select(time => time / SecondsPerHour)], [.. currents.Select(current => sign * current * 1e9)], ChartStyle.Line),
                found.Verdict == SteadyVerdict.BelowFloor
                    ? new("floor", [times[0] / SecondsPerHour, end], [found.Floor.Amperes * 1e9, found.Floor.Amperes * 1e9], ChartStyle.Line)
                    : new(found.Verdict == SteadyVerdict.NotSteadyYet ? "extrapolated" : "steady", [times[0] / SecondsPerHour, end],
                        [Math.Abs(found.SteadyCurrent.Amperes) * 1e9, Math.Abs(found.SteadyCurrent.Amperes) * 1e9], ChartStyle.Line),
            ]) { LogY = true };
    }
}

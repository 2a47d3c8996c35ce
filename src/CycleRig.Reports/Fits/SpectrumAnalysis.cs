using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Impedance;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Validity;

namespace CycleRig.Reports.Fits;

/// <summary>What was found in one spectrum.</summary>
public sealed record SpectrumAnalysis
{
    public required NamedSpectrum Spectrum { get; init; }

    public required AnalysisPlan Plan { get; init; }

    /// <summary>Indices of the points within the range, in the order of the file.</summary>
    public required ImmutableArray<int> Within { get; init; }

    /// <summary>Noise of each part relative to |Z|; null where there are too few points to tell.</summary>
    public required double? Noise { get; init; }

    /// <summary>The circuit that was fitted, with its drifts; null without one.</summary>
    public Circuit? Circuit { get; init; }

    /// <summary>Its fit; drifts are parameters such as R1_drift. Null without a circuit.</summary>
    public FitResult? Fit { get; init; }

    /// <summary>The fit with its drifts; null where none was asked for.</summary>
    public DriftResult? Drift { get; init; }

    /// <summary>Resistances that drift by the same criterion where no drift was asked for; empty where none do or the points have no times.</summary>
    public ImmutableArray<string> DriftSeen { get; init; } = [];

    /// <summary>All circuits that were compared, best first; empty where none were.</summary>
    public ImmutableArray<SelectedCircuit> Ranking { get; init; } = [];

    /// <summary>95 % intervals by profile likelihood, in the order of the parameters; empty where they were not asked for.</summary>
    public ImmutableArray<(double Low, double High)?> Intervals { get; init; } = [];

    public BootstrapResult? Bootstrap { get; init; }

    /// <summary>The sentinel sweep for this cell; null where none was asked for or the fit did not converge.</summary>
    public SweepPlan? Sentinel { get; init; }

    public SpectrumVerdict? Verdict { get; init; }

    public RelaxationDistribution? Relaxation { get; init; }

    /// <summary>All points of the file.</summary>
    public ImpedanceData Data => Spectrum.Imported.Data;

    /// <summary>Span of the used points' times, s; 0 where they are not known.</summary>
    public double SpanSeconds => Data.TimesSeconds.IsEmpty ? 0 : Within.Max(i => Data.TimesSeconds[i]) - Within.Min(i => Data.TimesSeconds[i]);

    /// <summary>Whether each point of the file counts in the fit: within the range, and no outlier.</summary>
    public bool[] Used()
    {
        var used = new bool[Data.Count];
        foreach (var i in Within)
            used[i] = true;
        foreach (var i in Fit?.LeftOut ?? [])
            used[Within[i]] = false;
        return used;
    }

    /// <summary>Impedances of the fit at all points of the file, at their own times; empty without a fit.</summary>
    public Complex[] Fitted()
    {
        if (Fit is not { Converged: true } fit)
            return [];
        var z = new Complex[Data.Count];
        Circuit!.Impedance(Data.FrequenciesHz.AsSpan(), fit.Values.AsSpan(), z, Elapsed());
        return z;
    }

    /// <summary>Times since the reference in lengths of the sweep, as the fit counts them; none where nothing drifts.</summary>
    private double[] Elapsed()
    {
        if (Drift is null || Data.TimesSeconds.IsEmpty || SpanSeconds == 0)
            return [];
        var reference = Plan.Options.ReferenceSeconds ?? Within.Average(i => Data.TimesSeconds[i]);
        return [.. Data.TimesSeconds.Select(time => (time - reference) / SpanSeconds)];
    }
}

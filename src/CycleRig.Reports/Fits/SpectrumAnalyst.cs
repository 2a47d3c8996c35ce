using System.Collections.Immutable;
using CycleRig.Impedance;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Files;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Validity;

namespace CycleRig.Reports.Fits;

/// <summary>Does with spectra what a plan says: noise, fit, errors, check, distribution.</summary>
public static class SpectrumAnalyst
{
    /// <summary>Points farther from the fit than this many standard deviations are left out and told.</summary>
    public const double RejectAbove = FitOptions.RejectByDefault;

    /// <summary>Analyses one spectrum.</summary>
    /// <exception cref="ArgumentException">The points do not suffice for what is asked, or it needs times and there are none.</exception>
    public static SpectrumAnalysis Analyse(NamedSpectrum spectrum, AnalysisPlan plan)
    {
        var (begun, data) = Begin(spectrum, plan);
        if (plan.Circuits.IsEmpty)
            return Finish(begun, data, plan.Options);
        var options = Options(plan, data, begun.Noise);
        if (plan.Selects)
        {
            var ranking = CircuitSelection.Rank(plan.Circuits, data, options);
            begun = begun with { Ranking = ranking, Circuit = ranking[0].Circuit, Fit = ranking[0].Fit };
        }
        else
        {
            var circuit = plan.Circuits[0];
            options = options with { Start = Start(circuit, data, options, plan.Start) };
            begun = begun with { Circuit = circuit, Fit = plan.Drift ? null : CircuitFit.Fit(circuit, data, options) };
            if (begun.Fit is { Converged: true } fit && !data.TimesSeconds.IsEmpty)
                begun = begun with { DriftSeen = DriftFit.Fit(circuit, data, options with { Start = fit.Values, Ordered = false }).Drifting };
        }

        return Finish(plan.Drift ? Drifting(begun, data, options) : begun, data, options);
    }

    /// <summary>Analyses spectra of one cell in their order: each fit begins from the last, and arcs keep their names.</summary>
    /// <exception cref="ArgumentException">The points of a spectrum do not suffice; the message names it.</exception>
    public static IReadOnlyList<SpectrumAnalysis> AnalyseSeries(
        IReadOnlyList<NamedSpectrum> spectra, AnalysisPlan plan, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var begun = spectra.Select(spectrum => Of(spectrum, () => Begin(spectrum, plan))).ToList();
        // One σ for all during the fit; χ² is then told by each spectrum's own.
        double[] sigmas = [.. begun.Select(one => Sigma(plan.Options.Weighting, one.Data, one.Analysis.Noise))];
        var options = plan.Options with { Noise = sigmas[0] };
        var circuit = plan.Circuits[0];
        options = options with { Start = Of(spectra[0], () => Start(circuit, begun[0].Data, options, plan.Start)) };
        for (var i = 0; i < spectra.Count; i++)
            _ = Of(spectra[i], () => new CircuitFitter(circuit, begun[i].Data, options)); // Refuses what cannot be fitted, before anything is.
        var fits = SeriesFit.Fit(circuit, [.. begun.Select(one => one.Data)], options, progress, cancellation);
        return [.. spectra.Select((spectrum, i) => Of(spectrum, () =>
        {
            cancellation.ThrowIfCancellationRequested();
            var share = sigmas[0] / sigmas[i];
            var fit = fits[i] with { ChiSquare = fits[i].ChiSquare * share * share };
            return Finish(begun[i].Analysis with { Circuit = circuit, Fit = fit }, begun[i].Data, options with { Noise = sigmas[i] });
        }))];
    }

    /// <summary>What is wrong with one of many says with which.</summary>
    private static T Of<T>(NamedSpectrum spectrum, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException refused)
        {
            throw new ArgumentException($"{spectrum.File}: {spectrum.Name}: {refused.Message}", refused);
        }
    }

    private static (SpectrumAnalysis Analysis, ImpedanceData Data) Begin(NamedSpectrum spectrum, AnalysisPlan plan)
    {
        var all = spectrum.Imported.Data;
        var within = plan.Range.Within(all);
        if (within.Length == 0)
            throw new ArgumentException($"the range {plan.Range} holds none of its {all.Count} points; give another --range");
        var data = within.Length == all.Count ? all : all.Only(within);
        var noise = plan.Noise ?? (data.Count >= LinearKramersKronig.PointsMin ? LinearKramersKronig.Noise(data) : null);
        return (new() { Spectrum = spectrum, Plan = plan, Within = [.. within], Noise = noise > 0 ? noise : null }, data);
    }

    private static FitOptions Options(AnalysisPlan plan, ImpedanceData data, double? noise) => plan.Options with { Noise = Sigma(plan.Options.Weighting, data, noise) };

    /// <summary>What the weights take for the noise: under unit weights that of the root mean square of |Z|; 1 where it is not known.</summary>
    private static double Sigma(Weighting weighting, ImpedanceData data, double? noise) => noise is not { } known ? 1
        : weighting == Weighting.Unit ? known * Math.Sqrt(Enumerable.Range(0, data.Count).Average(i => data.Modulus(i) * data.Modulus(i)))
        : known;

    /// <summary>All start values: those given, the others from a fit of the data alone; none where none are given.</summary>
    private static ImmutableArray<double> Start(Circuit circuit, ImpedanceData data, FitOptions options, ImmutableDictionary<string, double> given)
    {
        if (given.IsEmpty)
            return [];
        var missing = circuit.ParameterNames.Any(name => !given.ContainsKey(name));
        var cold = missing ? CircuitFit.Fit(circuit, data, options with { Fixed = [] }) : null;
        return [.. circuit.ParameterNames.Select((name, k) => given.TryGetValue(name, out var value) ? value
            : cold!.Converged ? cold.Values[k] : circuit.Parameters[k].Default)];
    }

    private static SpectrumAnalysis Drifting(SpectrumAnalysis begun, ImpedanceData data, FitOptions options)
    {
        var drift = DriftFit.Fit(begun.Circuit!, data, options);
        // Values are the same in both; the errors of the circuit's own parameters count the choice of slopes.
        var fit = drift.Whole with
        {
            StandardErrors = [.. drift.Whole.Names.Select((name, k) => drift.Fit.Names.IndexOf(name) is var i and >= 0 && drift.Fit.Converged ? drift.Fit.StandardErrors[i] : drift.Whole.StandardErrors.ElementAtOrDefault(k))],
        };
        return begun with { Drift = drift, Fit = fit, Circuit = drift.Drifting.IsEmpty ? begun.Circuit : begun.Circuit!.WithDrift(drift.Drifting) };
    }

    private static SpectrumAnalysis Finish(SpectrumAnalysis begun, ImpedanceData data, FitOptions options)
    {
        var plan = begun.Plan;
        var fitted = begun.Fit is { Converged: true };
        options = fitted ? options with { Start = begun.Fit!.Values } : options;
        return begun with
        {
            Intervals = plan.Intervals && fitted ? [.. begun.Fit!.Names.Select((name, k) => Interval(begun, data, options, name, k))] : [],
            Bootstrap = plan.Bootstrap > 0 && fitted ? Bootstrap.Run(begun.Circuit!, data, begun.Fit!, options, plan.Bootstrap) : null,
            Sentinel = plan.Sentinel is { } wanted && fitted ? Planned(begun, wanted) : null,
            Verdict = plan.Check ? Checked(begun, data) : null,
            Relaxation = plan.Relaxation ? RelaxationTimes.Solve(data, DrtOptions.Default with { Noise = begun.Noise }) : null,
        };
    }

    private static SweepPlan Planned(SpectrumAnalysis begun, string wanted)
    {
        var options = SweepPlanOptions.Sentinel(begun.Circuit!, wanted) with { OverheadSeconds = begun.Plan.OverheadSeconds };
        return SweepPlanner.Plan(begun.Circuit!, begun.Fit!.Values, begun.Noise is { } noise ? options with { Noise = noise } : options);
    }

    private static SpectrumVerdict Checked(SpectrumAnalysis begun, ImpedanceData data)
    {
        var figures = InstrumentFigures.Of(begun.Spectrum.Imported);
        return SpectrumCheck.Check(data, SpectrumCheckOptions.Default with { Qualities = figures.IsEmpty ? [] : [.. begun.Within.Select(i => figures[i])] });
    }

    private static (double Low, double High)? Interval(SpectrumAnalysis begun, ImpedanceData data, FitOptions options, string name, int k) =>
        double.IsNaN(begun.Fit!.StandardErrors[k]) ? null : ProfileLikelihood.Interval(begun.Circuit!, data, begun.Fit, options, name);
}

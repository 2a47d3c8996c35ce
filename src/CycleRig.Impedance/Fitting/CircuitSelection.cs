using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>Which of several circuits describes a spectrum with the fewest parameters.</summary>
public static class CircuitSelection
{
    /// <summary>A criterion that is lower by this is strong evidence (Kass and Raftery 1995, doi 10.1080/01621459.1995.10476572).</summary>
    public const double Strong = 6;

    /// <summary>What solid-state and lithium cells mostly are: one to three arcs, with leads, with diffusion, blocked.</summary>
    public static ImmutableArray<string> Library { get; } =
    [
        "R0-p(R1,CPE1)", "L0-R0-p(R1,CPE1)", "R0-p(R1,CPE1)-CPE2", "R0-p(R1,CPE1)-p(R2,CPE2)", "L0-R0-p(R1,CPE1)-p(R2,CPE2)", "R0-p(R1,CPE1)-p(R2,CPE2)-CPE3",
        "R0-p(R1-W1,CPE1)", "R0-p(R1,CPE1)-p(R2-Wo2,CPE2)", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)",
    ];

    /// <summary>Fits all and orders them by the Bayesian criterion.</summary>
    /// <param name="circuits">One or more.</param>
    /// <param name="data">The spectrum.</param>
    /// <param name="options">How; without a start.</param>
    /// <exception cref="ArgumentException">No circuit, or a start, which could only fit one of them.</exception>
    public static ImmutableArray<SelectedCircuit> Rank(IReadOnlyList<Circuit> circuits, ImpedanceData data, FitOptions options)
    {
        if (circuits.Count == 0 || !options.Start.IsEmpty)
            throw new ArgumentException(circuits.Count == 0 ? "no circuit to choose from; give one or more" : "a start fits one circuit only; leave it out when circuits are compared");
        var fits = new FitResult[circuits.Count];
        AllCores.Do(circuits.Count, i => fits[i] = 2 * data.Count > circuits[i].Parameters.Length
            ? CircuitFit.Fit(circuits[i], data, options)
            : FitResult.Failed($"{data.Count} points cannot determine {circuits[i].Parameters.Length} parameters", circuits[i].ParameterNames));
        int[] usable = [.. Enumerable.Range(0, fits.Length).Where(i => fits[i].Converged)];
        var scale = usable.Length == 0 ? 0 : usable.Min(i => InformationCriterion.Scale(fits[i], circuits[i], data, options));
        double[] criteria = [.. fits.Select((fit, i) => fit.Converged ? InformationCriterion.Of(fit, circuits[i], data, options, scale) : double.PositiveInfinity)];
        var best = criteria.Min();
        return [.. fits.Select((fit, i) => new SelectedCircuit(circuits[i], fit, fit.Converged ? criteria[i] - best : double.PositiveInfinity)).OrderBy(selected => selected.Excess)];
    }
}

/// <summary>A circuit that was tried.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="Fit">Its fit.</param>
/// <param name="Excess">Its criterion above the best one's; 0 for the best, infinite where the fit did not converge.</param>
public sealed record SelectedCircuit(Circuit Circuit, FitResult Fit, double Excess);

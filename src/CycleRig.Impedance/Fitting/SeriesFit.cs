using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Fits spectra of one cell in their order, each from the last, the first from the data alone. Arcs are labelled by their time constants in
/// the first spectrum and by continuity from then on, so that a swap never looks like a fall.
/// </summary>
public static class SeriesFit
{
    /// <summary>A warm fit whose reduced χ² is this many times that of the last (residuals 1.5 times) may have lost its way: a cold one is tried beside it.</summary>
    private const double Suspicious = 2.25;

    /// <summary>Fits all.</summary>
    /// <param name="circuit">The circuit of all.</param>
    /// <param name="spectra">One or more.</param>
    /// <param name="options">How; its start is that of the first.</param>
    /// <param name="progress">Told the number of each that is done.</param>
    /// <param name="cancellation">Ends after the spectrum at hand.</param>
    /// <returns>As many results; one that did not converge has no values, and the next begins from the last that did.</returns>
    public static ImmutableArray<FitResult> Fit(
        Circuit circuit, IReadOnlyList<ImpedanceData> spectra, FitOptions options, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var results = ImmutableArray.CreateBuilder<FitResult>(spectra.Count);
        FitResult? last = null;
        foreach (var data in spectra)
        {
            cancellation.ThrowIfCancellationRequested();
            var fit = last is null ? CircuitFit.Fit(circuit, data, options) : Next(circuit, data, options, last);
            results.Add(fit);
            last = fit.Converged ? fit : last;
            progress?.Report(results.Count);
        }

        return results.MoveToImmutable();
    }

    private static FitResult Next(Circuit circuit, ImpedanceData data, FitOptions options, FitResult last)
    {
        var warm = CircuitFit.Fit(circuit, data, options with { Start = last.Values, Ordered = false });
        if (!warm.Converged || warm.ReducedChiSquare > Suspicious * last.ReducedChiSquare)
        {
            var cold = Cold(circuit, data, options, last);
            if (cold.Converged && !(warm.ReducedChiSquare <= cold.ReducedChiSquare * (1 + 1e-6)))
                warm = cold;
        }

        return warm.Converged && options.Renames ? Continued(circuit, warm, last) : warm;
    }

    /// <summary>From the data alone; what is fixed stays at its value.</summary>
    private static FitResult Cold(Circuit circuit, ImpedanceData data, FitOptions options, FitResult last)
    {
        if (options.Fixed.IsEmpty)
            return CircuitFit.Fit(circuit, data, options with { Start = [] });
        var free = CircuitFit.Fit(circuit, data, options with { Start = [], Fixed = [] });
        return free.Converged
            ? CircuitFit.Fit(circuit, data, options with { Start = [.. free.Names.Select((name, k) => options.Fixed.Contains(name) ? last.Values[k] : free.Values[k])] })
            : free;
    }

    /// <summary>The same fit with its arcs under the names that they had.</summary>
    private static FitResult Continued(Circuit circuit, FitResult fit, FitResult last)
    {
        var order = ArcOrder.Continue(circuit, fit.Values.AsSpan(), last.Values.AsSpan());
        var count = order.Length;
        return (fit with
        {
            Values = [.. order.Select(k => fit.Values[k])],
            StandardErrors = [.. order.Select(k => fit.StandardErrors[k])],
            Covariance = [.. order.SelectMany(a => order.Select(b => fit.Covariance[(a * count) + b]))],
            AtBounds = [.. fit.AtBounds.Select(name => fit.Names[Array.IndexOf(order, fit.Names.IndexOf(name))])],
            Undetermined = [.. fit.Undetermined.Select(name => fit.Names[Array.IndexOf(order, fit.Names.IndexOf(name))])],
        }).Retold();
    }
}

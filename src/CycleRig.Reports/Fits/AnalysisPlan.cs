using System.Collections.Immutable;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Reports.Fits;

/// <summary>What is done with each spectrum.</summary>
public sealed record AnalysisPlan
{
    /// <summary>Circuits: none for a check alone, one to be fitted, several to choose from.</summary>
    public ImmutableArray<Circuit> Circuits { get; init; } = [];

    /// <summary>Weights, loss, bounds, fixed parameters and what else does not depend on the spectrum. Noise and start are set for each.</summary>
    public FitOptions Options { get; init; } = FitOptions.Default;

    /// <summary>Start values by name; parameters without one get theirs from a fit of the data alone.</summary>
    public ImmutableDictionary<string, double> Start { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Frequencies that are used, by fit, check and distribution alike.</summary>
    public FrequencyRange Range { get; init; } = FrequencyRange.All;

    /// <summary>Noise of each part relative to |Z|; null to take that of the linear Kramers-Kronig test.</summary>
    public double? Noise { get; init; }

    /// <summary>Whether resistances may change during the sweep.</summary>
    public bool Drift { get; init; }

    /// <summary>Whether spectra are checked for validity.</summary>
    public bool Check { get; init; }

    /// <summary>Whether the distribution of relaxation times is computed.</summary>
    public bool Relaxation { get; init; }

    /// <summary>A resistance for which a sentinel sweep is planned from the fit; null for none.</summary>
    public string? Sentinel { get; init; }

    /// <summary>Time that each point of that sweep takes beside its periods, s, as measured on the instrument.</summary>
    public double OverheadSeconds { get; init; } = new SweepPlanOptions().OverheadSeconds;

    /// <summary>Whether 95 % intervals by profile likelihood are computed.</summary>
    public bool Intervals { get; init; }

    /// <summary>Refits of a bootstrap; 0 for none.</summary>
    public int Bootstrap { get; init; }

    /// <summary>Whether the best of several circuits is chosen.</summary>
    public bool Selects => Circuits.Length > 1;
}

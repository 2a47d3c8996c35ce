using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Impedance.Anytime;

/// <summary>What a sweep plan may do, and what it costs.</summary>
public sealed record SweepPlanOptions
{
    /// <summary>The sentinel sweep of a cell: one resistance, with the shape of its arc and the leads known from rest.</summary>
    /// <param name="circuit">The cell's circuit.</param>
    /// <param name="resistance">The resistance that is wanted, such as R1.</param>
    /// <exception cref="ArgumentException">The circuit has no such parameter.</exception>
    public static SweepPlanOptions Sentinel(Circuit circuit, string resistance)
    {
        var wanted = ParameterMap.Index(circuit, resistance);
        int[] open = [wanted, .. ChangingParameters.Beside(circuit, wanted)];
        return new() { Parameter = resistance, Known = [.. circuit.ParameterNames.Where((_, k) => !open.Contains(k))] };
    }

    /// <summary>The parameter that is wanted.</summary>
    public string Parameter { get; init; } = "R1";

    /// <summary>Parameters that are known (from rest), by name; the others are estimated with the wanted one.</summary>
    public ImmutableHashSet<string> Known { get; init; } = [];

    /// <summary>Relative noise of each part of a point.</summary>
    public double Noise { get; init; } = 0.003;

    /// <summary>Lowest frequency of the plan, Hz.</summary>
    public double LowHertz { get; init; } = 1e3;

    /// <summary>Highest frequency of the plan, Hz.</summary>
    public double HighHertz { get; init; } = 3e6;

    /// <summary>Periods that the instrument measures at a point.</summary>
    public double Periods { get; init; } = 3;

    /// <summary>Time that each point takes beside its periods, s, as measured on the instrument (0.05-0.5 s are seen).</summary>
    public double OverheadSeconds { get; init; } = 0.06;

    /// <summary>Time that starting the technique takes, s, as measured (0.2-2 s are seen).</summary>
    public double StartSeconds { get; init; } = 0.2;

    /// <summary>Points of the plan, at least as many as there are parameters to estimate.</summary>
    public int Points { get; init; } = 12;

    /// <summary>
    /// Share of the points, 0 to 1, that is spread evenly over the range in any case: the best design stands on as few frequencies as there are
    /// parameters, and would not show that the circuit no longer holds.
    /// </summary>
    public double Spread { get; init; } = 0.5;
}

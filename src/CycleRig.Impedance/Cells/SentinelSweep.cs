using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Anytime;

namespace CycleRig.Impedance.Cells;

/// <summary>The short sweep that tells R_bulk of a cell whose shape is known.</summary>
public static class SentinelSweep
{
    /// <summary>Points stay above the end of the range by this share: what rounding takes below it counts as the interface's.</summary>
    private const double AboveEnd = 1.01;

    /// <summary>Its frequencies, and what it is expected to tell, by the parameters that its fit leaves free.</summary>
    /// <param name="cell">The cell's last whole reading, its shape learnt.</param>
    /// <param name="options">Costs, noise and number of points; parameter, known ones and the lowest frequency are those of such a sweep, and what lies above where R_bulk is carried is left out.</param>
    /// <returns>The plan; its standard deviation is that of R_bulk, what lies between bulk and interface included.</returns>
    /// <exception cref="ArgumentException">Costs that cannot be, or fewer points than parameters.</exception>
    public static SweepPlan Plan(CellReading cell, SweepPlanOptions options)
    {
        var circuit = CellModel.CircuitOf(cell);
        ImmutableArray<string> open = ["R1", .. SentinelFit.Changing.Where(circuit.ParameterNames.Contains)];
        var plan = SweepPlanner.Plan(circuit, cell.Parameters, options with
        {
            Noise = Math.Max(SentinelFit.NoiseMin, options.Noise), HighHertz = Math.Min(CellSpectrumFit.CarryHighHertz, options.HighHertz), Parameter = "R1", Known = [.. circuit.ParameterNames.Where(name => !open.Contains(name))], LowHertz = AboveEnd * SweepPart.LowestHertz,
        });
        var share = cell.Parameters[circuit.ParameterNames.IndexOf("R1")] / cell.BulkOhms;
        return plan with { RelativeSd = plan.RelativeSd * share, EvenRelativeSd = plan.EvenRelativeSd * share };
    }
}

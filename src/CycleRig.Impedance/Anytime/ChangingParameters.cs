using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Impedance.Anytime;

/// <summary>What changes in a cell under current beside the resistance that is followed: the other arcs' resistances and the Q or C beside them.</summary>
internal static class ChangingParameters
{
    /// <summary>Their indices.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="followed">Index of the resistance that is followed.</param>
    public static IEnumerable<int> Beside(Circuit circuit, int followed) => ArcOrder.Arcs(circuit)
        .Where(arc => followed < arc.First || followed >= arc.First + arc.Count)
        .SelectMany(arc => Enumerable.Range(arc.First, arc.Count))
        .Where(k => circuit.Parameters[k].Role is ParameterRole.Resistance or ParameterRole.Admittance);
}

using System.Diagnostics;
using CycleRig.Core.Protocols;

namespace CycleRig.Storage.Exports;

/// <summary>What controls a cell during a step.</summary>
internal enum ControlMode
{
    Current,
    Voltage,
    Rest,
}

/// <summary>A step of a protocol in the order of execution, as exports name it.</summary>
/// <param name="Id">Place in the protocol as written, from 1; the same in each pass of a loop.</param>
/// <param name="Label">Name of the step.</param>
/// <param name="Type">Step Type of the Battery Data Format.</param>
/// <param name="Cycle">Passes begun so far of loops that hold a step under current; 0 before the first.</param>
/// <param name="Control">What controls the cell.</param>
internal sealed record ProgramStep(int Id, string Label, string Type, int Cycle, ControlMode Control)
{
    /// <summary>Loops unrolled, as <see cref="Protocol.Unrolled"/>.</summary>
    public static IReadOnlyList<ProgramStep> Of(Protocol protocol)
    {
        var steps = new List<ProgramStep>();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var cycle = 0;
        Unroll(protocol.Steps);
        return steps;

        void Unroll(IEnumerable<Step> part)
        {
            foreach (var step in part)
            {
                if (step is not Loop loop)
                {
                    ids.TryAdd(step.Label, ids.Count + 1);
                    steps.Add(new(ids[step.Label], step.Label, TypeOf(step), cycle, ControlOf(step)));
                    continue;
                }

                for (var pass = 0; pass < loop.Count; pass++)
                {
                    cycle += loop.Steps.Any(inner => inner is Galvanostatic or PotentiostaticHold) ? 1 : 0;
                    Unroll(loop.Steps);
                }
            }
        }
    }

    private static string TypeOf(Step step) => step switch
    {
        Settle => "REST",
        Rest => "OCV",
        Galvanostatic { Density.AmperesPerSquareMetre: >= 0 } => "CC_CHG",
        Galvanostatic => "CC_DCH",
        PotentiostaticHold { Voltage.Volts: >= 0 } => "CV_CHG",
        PotentiostaticHold => "CV_DCH",
        PotentiostaticImpedance or GalvanostaticImpedance => "EIS",
        _ => throw new UnreachableException($"No step type for {step.GetType().Name}."),
    };

    private static ControlMode ControlOf(Step step) => step switch
    {
        Settle or Rest => ControlMode.Rest,
        Galvanostatic or GalvanostaticImpedance => ControlMode.Current,
        PotentiostaticHold or PotentiostaticImpedance => ControlMode.Voltage,
        _ => throw new UnreachableException($"No control for {step.GetType().Name}."),
    };
}

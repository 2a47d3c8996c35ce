using CycleRig.Core.Protocols;

namespace CycleRig.Core.Experiments;

/// <summary>Whether a rig can carry out a protocol on all its channels at once.</summary>
public static class RigCheck
{
    /// <summary>What cannot be done, each in one sentence with the mend.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="runs">Protocol of each channel that takes part.</param>
    public static IEnumerable<string> Errors(RigDescription rig, IReadOnlyDictionary<string, Protocol> runs)
    {
        foreach (var channel in rig.Channels.Where(channel => runs.ContainsKey(channel.Name)))
        {
            foreach (var error in PlanCheck.Errors(channel, runs[channel.Name]))
                yield return error;
        }

        foreach (var chamber in rig.Chambers)
        {
            var wanted = runs.Where(run => rig.Channels.Any(c => c.Name == run.Key && c.Chamber == chamber.Name))
                .Select(run => (Channel: run.Key, Targets: Targets(run.Value))).Where(pair => pair.Targets.Length > 0).ToList();
            foreach (var other in wanted.Skip(1).Where(pair => !pair.Targets.SequenceEqual(wanted[0].Targets)))
            {
                yield return FormattableString.Invariant(
                    $"chamber {chamber.Name} is wanted at {wanted[0].Targets[0]:G4} °C by channel {wanted[0].Channel} and at {other.Targets[0]:G4} °C by channel {other.Channel}; give both the same temperature or another chamber");
            }
        }
    }

    private static double[] Targets(Protocol protocol) =>
        [.. protocol.Unrolled().OfType<Settle>().Where(step => step.Temperature is not null).Select(step => step.Temperature!.Value.Celsius)];
}

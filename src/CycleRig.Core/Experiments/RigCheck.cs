using CycleRig.Core.Protocols;

namespace CycleRig.Core.Experiments;

/// <summary>Whether a rig can carry out protocols on its channels at once.</summary>
public static class RigCheck
{
    /// <summary>What cannot be done; what several channels share is told once.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="runs">Protocol of each channel that takes part.</param>
    public static IEnumerable<PlanProblem> Problems(RigDescription rig, IReadOnlyDictionary<string, Protocol> runs)
    {
        var own = rig.Channels.Where(channel => runs.ContainsKey(channel.Name)).SelectMany(channel => PlanCheck.Problems(channel, runs[channel.Name]));
        foreach (var same in own.GroupBy(problem => (problem.Step, problem.What)))
            yield return new(same.Key.Step, string.Join(", ", same.Select(problem => problem.Channel)), same.Key.What);
        foreach (var chamber in rig.Chambers)
        {
            foreach (var problem in Shared(rig, runs, channel => channel.Chamber == chamber.Name, step => step.Temperature?.Celsius, chamber, ("chamber", "°C", "temperature")))
                yield return problem;
        }

        foreach (var press in rig.Presses)
        {
            foreach (var problem in Shared(rig, runs, channel => channel.Press == press.Name, step => step.Pressure?.Megapascals, press, ("press", "MPa", "pressure")))
                yield return problem;
        }
    }

    /// <summary>What the channels of one chamber or press want of it and cannot have.</summary>
    private static IEnumerable<PlanProblem> Shared(
        RigDescription rig, IReadOnlyDictionary<string, Protocol> runs, Func<ChannelDescription, bool> shares, Func<Settle, double?> target,
        ConditionDescription device, (string Kind, string Unit, string What) words) =>
        Clashes(rig, runs, shares, target, $"{words.Kind} {device.Name}", words.Unit, words.What).Concat(Trips(rig, runs, shares, target, device, words.Unit));

    /// <summary>Targets at which the supervisor would trip the device.</summary>
    private static IEnumerable<PlanProblem> Trips(
        RigDescription rig, IReadOnlyDictionary<string, Protocol> runs, Func<ChannelDescription, bool> shares, Func<Settle, double?> target,
        ConditionDescription device, string unit)
    {
        var outside = rig.Channels.Where(channel => shares(channel) && runs.ContainsKey(channel.Name))
            .SelectMany(channel => runs[channel.Name].Unrolled().OfType<Settle>().Select(step => (Channel: channel.Name, step.Label, Target: target(step))))
            .Where(wanted => wanted.Target < device.Low || wanted.Target > device.High);
        foreach (var step in outside.GroupBy(wanted => (wanted.Label, IsLow: wanted.Target < device.Low)))
        {
            var (word, limit) = step.Key.IsLow ? ("below", device.Low) : ("above", device.High);
            yield return new(step.Key.Label, string.Join(", ", step.Select(wanted => wanted.Channel).Distinct()), FormattableString.Invariant(
                $"{device.Name} trips {word} {limit:G4} {unit}; settle within its limits or write another trip_{word}"));
        }
    }

    /// <summary>Channels that share a device and want it at different values: it has one.</summary>
    private static IEnumerable<PlanProblem> Clashes(
        RigDescription rig, IReadOnlyDictionary<string, Protocol> runs, Func<ChannelDescription, bool> shares, Func<Settle, double?> target,
        string device, string unit, string word)
    {
        var wanted = rig.Channels.Where(channel => shares(channel) && runs.ContainsKey(channel.Name))
            .Select(channel => (Channel: channel.Name, Targets: Targets(runs[channel.Name], target))).Where(pair => pair.Targets.Length > 0).ToList();
        return wanted.Skip(1).Where(pair => !pair.Targets.SequenceEqual(wanted[0].Targets)).Select(other => new PlanProblem(
            null, other.Channel, FormattableString.Invariant(
                $"{device} is wanted at {wanted[0].Targets[0]:G4} {unit} by channel {wanted[0].Channel} and at {other.Targets[0]:G4} {unit} by this one; give both the same {word} or another device")));
    }

    private static double[] Targets(Protocol protocol, Func<Settle, double?> target) =>
        [.. protocol.Unrolled().OfType<Settle>().Select(target).OfType<double>()];
}

using System.CommandLine;
using System.Globalization;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Files;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig validate`: checks files and prints the plan; touches no hardware.</summary>
internal static class ValidateCommand
{
    /// <summary>Columns of doubles in the journal: six of a sample, seven of a spectrum point.</summary>
    /// <summary>Sentinel sweeps are planned later; so many points each so many seconds are usual.</summary>
    private const double SentinelPoints = 12;
    private const double SentinelEvery = 15;

    private const double BytesPerSample = 48;
    private const double BytesPerPoint = 56;

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "A protocol, or a rig." };
        var rig = new Option<string?>("--rig") { Description = "Rig that the protocol is to run on." };
        var command = new Command("validate", "Checks a protocol or a rig and prints the plan. Touches no hardware.") { file, rig };
        command.SetAction((parsed, _) => Failing.Guard(() => Task.FromResult(Run(parsed.GetValue(file)!, parsed.GetValue(rig)))));
        return command;
    }

    private static int Run(string file, string? rigFile)
    {
        if (IsRig(file))
        {
            var alone = RigFile.Read(file);
            Console.WriteLine($"rig {alone.Name}: {alone.Channels.Length} channels, {alone.Chambers.Length} chambers, {alone.Presses.Length} presses");
            return ExitCodes.Ok;
        }

        var source = ProtocolFile.ReadSource(file);
        if (rigFile is not null)
            return Plan(RigFile.Read(rigFile), source);
        Console.WriteLine($"protocol {source.Protocol.Name}: {source.Protocol.Unrolled().Length} steps; add --rig FILE for the plan on a rig");
        return ExitCodes.Ok;
    }

    private static int Plan(RigDescription rig, ProtocolSource source)
    {
        var problems = RigCheck.Problems(rig, rig.Channels.ToDictionary(channel => channel.Name, _ => source.Protocol)).ToList();
        foreach (var problem in problems)
            Console.Error.WriteLine(source.At(problem));
        if (problems.Count > 0)
            return ExitCodes.BadData;
        foreach (var channel in rig.Channels)
            Tell(PlanCheck.For(channel, source.Protocol));
        return ExitCodes.Ok;
    }

    private static void Tell(ChannelPlan plan)
    {
        double seconds = 0, coulombs = 0, bytes = 0;
        Console.WriteLine($"channel {plan.Channel}, cell {plan.Cell.Id} ({plan.Cell.Area}):");
        foreach (var step in plan.Steps)
        {
            var exposure = StepExposure.Of(step, plan);
            var lasts = StepExposure.LastsSeconds(step, plan);
            seconds += lasts;
            coulombs += exposure.Coulombs;
            bytes += (lasts * BytesPerSample) + (Points(step, exposure) * BytesPerPoint);
            Console.WriteLine(FormattableString.Invariant(
                $"  {step.Label}: {Duration(lasts)}, {new Charge(exposure.Coulombs) / plan.Cell.Area}, {Points(step, exposure):F0} spectrum points; {Bounds(step, plan)}"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"  in all {Duration(seconds)} beside the time to settle, {new Charge(coulombs)} ({new Charge(coulombs) / plan.Cell.Area}), about {bytes / 1e6:F1} MB"));
        Console.WriteLine(
            $"  worst-case voltage {plan.Cell.Limits.VoltageMin} to {plan.Cell.Limits.VoltageMax} (instrument and guard); a voltage sample each 0.1 s, also in sweeps; current without a verdict for {Duration(plan.Safety.BlindLimit.TotalSeconds)} halts");
        foreach (var line in Watching(plan).Concat(Foreseen(plan)))
            Console.WriteLine($"  {line}");
    }

    /// <summary>What the early warning will do with the current's sweeps, and with the current.</summary>
    private static IEnumerable<string> Watching(ChannelPlan plan)
    {
        var seen = plan.Steps.OfType<Galvanostatic>().Where(step => step.Sweep is not null).ToList();
        if (seen.Count > 0)
            yield return "between whole sweeps under current sentinel sweeps of R_bulk alone, planned when the shape of the cell is learned; `why` says the plan";
        foreach (var step in seen.Where(step => step.Sweep!.RangeAt(step.Density) != step.Sweep.Range).DistinctBy(step => step.Density.Magnitude))
            yield return $"at {step.Density.Magnitude} whole sweeps stop at {step.Sweep!.RangeAt(step.Density).Lowest} in place of {step.Sweep.Range.Lowest}; a `peis` step at rest sees the rest of the range";
        if (plan.Safety.DerateTo is { } share)
            yield return FormattableString.Invariant($"a warning lowers the current of plating and stripping to {share * 100:G3} % until the run ends; a hold is not lowered");
        if (plan.Safety.AfterHalt is { } probe)
            yield return FormattableString.Invariant($"after a halt for dendrite onset sweeps at rest {string.Join(", ", AfterHaltProbe.At.Select(at => at.TotalMinutes))} min later, {probe.Sweep.Highest} to {probe.Sweep.Lowest} at {probe.Amplitude}; more than {probe.CurrentMax(plan.Cell.Area)} opens the relay, and any other cause ends them");
    }

    /// <summary>What this cell can show of filaments, and what its interface may do to the current: both from what is known before anything is measured.</summary>
    private static IEnumerable<string> Foreseen(ChannelPlan plan)
    {
        var pellet = new Pellet(plan.Cell.Area, plan.Cell.Thickness);
        yield return FormattableString.Invariant(
            $"smallest visible depth, R_bulk assumed to scatter by {100 * SmallestVisible.AssumedNoise:G2} % until that is measured: {SmallestVisible.Of(pellet, SmallestVisible.AssumedNoise)}, {SmallestVisible.Of(pellet, SmallestVisible.AssumedNoise, count: Outlook.Many)}; {SmallestVisible.Of(pellet, SmallestVisible.AssumedNoise, Outlook.Averaged)} if {Outlook.Averaged} sweeps are averaged");
        if (plan.Steps.OfType<Galvanostatic>().Select(step => step.Density.Magnitude).DefaultIfEmpty().MaxBy(density => density.AmperesPerSquareMetre) is { AmperesPerSquareMetre: > 0 } highest)
            yield return $"spallation risk at {highest}: {SpallationRisk.Expected(plan.Cell.Material, plan.Cell.Surface, highest)}";
    }

    /// <summary>Which bound is enforced by whom. Simulated instruments, the only ones so far, end every bound by themselves.</summary>
    private static string Bounds(Step step, ChannelPlan plan) => step switch
    {
        Settle or Rest => "cell off",
        Galvanostatic or PotentiostaticHold =>
            $"in segments that the instrument ends by itself at {Duration(plan.Safety.SegmentDuration.TotalSeconds)}, {plan.Safety.SegmentCapacity}, voltage or current; "
            + "the guard stops at the same, and at the cell's charge, temperature and pressure",
        _ => "one sweep that the instrument ends by itself, at its time, voltage or current; the guard stops at the cell's limits",
    };

    private static double Points(Step step, StepExposure exposure) => step switch
    {
        Galvanostatic { Sweep: { } sweep } galvanostatic => Math.Ceiling(exposure.Seconds / (sweep.Every ?? SuperimposedSweep.Unplanned).TotalSeconds) * sweep.RangeAt(galvanostatic.Density).Count
            + (exposure.Seconds / SentinelEvery * SentinelPoints),
        PotentiostaticImpedance peis => peis.Sweep.Count,
        GalvanostaticImpedance geis => geis.Sweep.Count,
        _ => 0,
    };

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => seconds.ToString("F0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (seconds / 60).ToString("F1", CultureInfo.InvariantCulture) + " min",
        < 172_800 => (seconds / 3600).ToString("F1", CultureInfo.InvariantCulture) + " h",
        _ => (seconds / 86_400).ToString("F1", CultureInfo.InvariantCulture) + " d",
    };

    /// <summary>A file with `rig:` or `channels:` at the margin is a rig; all else is read as a protocol.</summary>
    private static bool IsRig(string file) => File.Exists(file) && new FileInfo(file).Length < 1 << 20
        && File.ReadLines(file).Take(2000).Any(line => line.StartsWith("rig:", StringComparison.Ordinal) || line.StartsWith("channels:", StringComparison.Ordinal));
}

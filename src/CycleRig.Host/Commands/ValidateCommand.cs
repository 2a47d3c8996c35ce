using System.CommandLine;
using System.Globalization;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Files;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig validate`: checks files and prints the plan; touches no hardware.</summary>
internal static class ValidateCommand
{
    private const double BytesPerSample = 48;
    private const double BytesPerPoint = 56;

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "A protocol, or a rig." };
        var rig = new Option<string?>("--rig") { Description = "Rig that the protocol is to run on." };
        var command = new Command("validate", "Checks a protocol or a rig and prints the plan. Touches no hardware.") { file, rig };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(rig)));
        return command;
    }

    private static int Run(string file, string? rigFile)
    {
        try
        {
            if (IsRig(file))
            {
                var alone = RigFile.Read(file);
                Console.WriteLine($"rig {alone.Name}: {alone.Channels.Length} channels, {alone.Chambers.Length} chambers, {alone.Presses.Length} presses");
                return ExitCodes.Ok;
            }

            var protocol = ProtocolFile.Read(file);
            if (rigFile is null)
            {
                Console.WriteLine($"protocol {protocol.Name}: {protocol.Unrolled().Length} steps; add --rig FILE for the plan on a rig");
                return ExitCodes.Ok;
            }

            return Plan(RigFile.Read(rigFile), protocol, file);
        }
        catch (FileProblemsException wrong)
        {
            foreach (var problem in wrong.Problems)
                Console.Error.WriteLine(problem);
            return ExitCodes.BadData;
        }
    }

    private static int Plan(RigDescription rig, Protocol protocol, string file)
    {
        var errors = RigCheck.Errors(rig, rig.Channels.ToDictionary(channel => channel.Name, _ => protocol)).ToList();
        foreach (var error in errors)
            Console.Error.WriteLine($"{file}: {error}");
        if (errors.Count > 0)
            return ExitCodes.BadData;
        foreach (var channel in rig.Channels)
            Tell(PlanCheck.For(channel, protocol));
        return ExitCodes.Ok;
    }

    private static void Tell(ChannelPlan plan)
    {
        double seconds = 0, coulombs = 0, bytes = 0;
        Console.WriteLine($"channel {plan.Channel}, cell {plan.Cell.Id} ({plan.Cell.Area}):");
        foreach (var step in plan.Steps)
        {
            var exposure = StepExposure.Of(step, plan);
            var lasts = step switch { Rest rest => rest.Duration.TotalSeconds, Settle settle => settle.StableFor.TotalSeconds, _ => exposure.Seconds };
            seconds += lasts;
            coulombs += exposure.Coulombs;
            bytes += (lasts * BytesPerSample) + (Spectra(step, exposure) * BytesPerPoint);
            Console.WriteLine(FormattableString.Invariant(
                $"  {step.Label}: {Duration(lasts)}, {new Charge(exposure.Coulombs) / plan.Cell.Area}, {Spectra(step, exposure):F0} spectrum points; {Bounds(step)}"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"  in all {Duration(seconds)} beside settling, {new Charge(coulombs)} ({new Charge(coulombs) / plan.Cell.Area}), about {bytes / 1e6:F1} MB, worst-case voltage {plan.Cell.Limits.VoltageMin} to {plan.Cell.Limits.VoltageMax}; longest stretch without a voltage sample 0.1 s"));
    }

    private static string Bounds(Step step) => step is Settle or Rest
        ? "cell off"
        : "time, charge, voltage, current ended by the instrument; voltage, current, total charge, temperature, pressure also by the session's guard; nothing by nobody";

    private static double Spectra(Step step, StepExposure exposure) => step switch
    {
        Galvanostatic { Sweep: { } sweep } => Math.Floor(exposure.Seconds / sweep.Every.TotalSeconds) * sweep.Range.Count,
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

    /// <summary>A file whose first key at the margin is `rig` or that has channels is a rig; all else is read as a protocol.</summary>
    private static bool IsRig(string file) => File.Exists(file) && new FileInfo(file).Length < 1 << 20
        && File.ReadLines(file).Take(2000).Any(line => line.StartsWith("rig:", StringComparison.Ordinal) || line.StartsWith("channels:", StringComparison.Ordinal));
}

using System.CommandLine;
using System.Globalization;
using CycleRig.Impedance;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Files;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Validity;
using CycleRig.Reports.Plots;
using Spectre.Console;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig fit`: spectra from files, or many by lines of JSON.</summary>
internal static class FitCommand
{
    private const double RejectAbove = 6;

    public static Command Build()
    {
        var file = new Argument<string?>("FILE") { Description = "Export of an instrument (BioLogic, Gamry, ZView, Zahner, PalmSens and others), or text with columns frequency, Re Z, Im Z.", Arity = ArgumentArity.ZeroOrOne };
        var circuit = new Option<string?>("--circuit") { Description = "Such as R0-p(R1,CPE1)-p(R2,CPE2) or R(RQ)(RQ)." };
        var jsonl = new Option<string?>("--jsonl") { Description = "File of JSON lines, each a spectrum with its circuit." };
        var output = new Option<string?>("--out") { Description = "File for the answers to --jsonl; folder for plots otherwise (./fit)." };
        var command = new Command("fit", "Fits equivalent circuits to impedance spectra.") { file, circuit, jsonl, output };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => parsed.GetValue(jsonl) is { } lines
            ? Batch(lines, parsed.GetValue(output), cancellation)
            : Task.FromResult(One(parsed.GetValue(file), parsed.GetValue(circuit), parsed.GetValue(output) ?? "fit"))));
        return command;
    }

    private static async Task<int> Batch(string input, string? output, CancellationToken cancellation)
    {
        if (output is null || !File.Exists(input))
        {
            await Console.Error.WriteLineAsync(output is null ? "--jsonl needs --out FILE for the answers" : $"{input}: no such file; check the path");
            return output is null ? ExitCodes.Usage : ExitCodes.BadData;
        }

        var lines = await File.ReadAllLinesAsync(input, cancellation);
        var answers = new string[lines.Length];
        Parallel.For(0, lines.Length, i => answers[i] = string.IsNullOrWhiteSpace(lines[i]) ? "" : FitJsonl.Answer(lines[i], i + 1));
        await File.WriteAllLinesAsync(output, answers.Where(answer => answer.Length > 0), cancellation);
        return ExitCodes.Ok;
    }

    private static int One(string? file, string? circuitText, string folder)
    {
        if (file is null || circuitText is null)
        {
            Console.Error.WriteLine("give a file and --circuit, such as `cyclerig fit FILE --circuit \"R0-p(R1,CPE1)\"`; or --jsonl IN --out OUT");
            return ExitCodes.Usage;
        }

        try
        {
            var circuit = Circuit.Parse(circuitText);
            var spectra = SpectrumFile.Read(file);
            Directory.CreateDirectory(folder);
            for (var i = 0; i < spectra.Count; i++)
                Tell(circuit, spectra[i].Data, file, spectra.Count > 1 ? $"-{i + 1}" : "", folder);
            return ExitCodes.Ok;
        }
        catch (Exception wrong) when (wrong is SpectrumFileException or CircuitFormatException or ArgumentException)
        {
            Console.Error.WriteLine(wrong is ArgumentException ? $"{file}: {wrong.Message}" : wrong.Message);
            return wrong is CircuitFormatException ? ExitCodes.Usage : ExitCodes.BadData;
        }
    }

    private static void Tell(Circuit circuit, ImpedanceData data, string file, string suffix, string folder)
    {
        var noise = LinearKramersKronig.Noise(data);
        var fit = CircuitFit.Fit(circuit, data, FitOptions.Default with { Noise = noise, RejectAbove = RejectAbove });
        Console.WriteLine($"{Path.GetFileName(file)}{suffix}: {circuit.Text}, {data.Count} points, noise {noise:P2} by Lin-KK");
        if (!fit.Converged)
        {
            Console.WriteLine($"The fit did not converge: {fit.Reason}");
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("parameter").AddColumn(new TableColumn("value").RightAligned()).AddColumn(new TableColumn("standard error").RightAligned());
        for (var k = 0; k < fit.Names.Length; k++)
            table.AddRow(fit.Names[k], Number(fit.Values[k]), double.IsNaN(fit.StandardErrors[k]) ? "at its bound" : $"{Number(fit.StandardErrors[k])} ({Number(100 * fit.StandardErrors[k] / Math.Abs(fit.Values[k]), "G3")} %)");
        AnsiConsole.Write(table);
        var picture = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}{suffix}.png");
        FitPlot.Save(circuit, data, fit, picture);
        Console.WriteLine(FormattableString.Invariant($"chi-square {fit.ChiSquare:G5} with {fit.DegreesOfFreedom} degrees of freedom{(fit.Reason.Length > 0 ? "; " + fit.Reason : "")}. Picture: {picture}"));
    }

    private static string Number(double value, string format = "G6") => value.ToString(format, CultureInfo.InvariantCulture);
}

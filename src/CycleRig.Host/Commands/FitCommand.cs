using System.CommandLine;
using CycleRig.Host.Fits;
using CycleRig.Impedance;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig fit`: spectra from files, or many by lines of JSON.</summary>
internal static class FitCommand
{
    public static Command Build()
    {
        var arguments = new FitArguments();
        var command = new Command("fit", "Fits equivalent circuits to impedance spectra, checks them, and finds their relaxation times.");
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) => Failing.Guard(() => parsed.GetValue(arguments.Jsonl) is { } lines
            ? Batch(lines, parsed.GetValue(arguments.Output), cancellation)
            : Files(arguments, parsed, cancellation)));
        return command;
    }

    private static async Task<int> Files(FitArguments arguments, ParseResult parsed, CancellationToken cancellation)
    {
        FitRequest request;
        try
        {
            request = arguments.Read(parsed);
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }

        return await new FitRun(request).RunAsync(cancellation);
    }

    private static async Task<int> Batch(string input, string? output, CancellationToken cancellation)
    {
        if (Directory.Exists(output))
        {
            await Console.Error.WriteLineAsync($"{output}: is a folder; give a file for the answers");
            return ExitCodes.Usage;
        }

        if (output is null || !File.Exists(input))
        {
            await Console.Error.WriteLineAsync(output is null ? "--jsonl needs --out FILE for the answers" : $"{input}: no such file; check the path");
            return output is null ? ExitCodes.Usage : ExitCodes.BadData;
        }

        var lines = await File.ReadAllLinesAsync(input, cancellation);
        var answers = new string[lines.Length];
        AllCores.Do(lines.Length, i => answers[i] = string.IsNullOrWhiteSpace(lines[i]) ? "" : FitJsonl.Answer(lines[i], i + 1), cancellation);
        await File.WriteAllLinesAsync(output, answers.Where(answer => answer.Length > 0), cancellation);
        return ExitCodes.Ok;
    }
}

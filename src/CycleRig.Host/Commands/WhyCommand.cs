using System.CommandLine;
using System.Text.Json.Nodes;
using CycleRig.Host.Running;
using CycleRig.Reports.Plots;
using CycleRig.Reports.Verdicts;
using CycleRig.Storage.Journals;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig why`: the evidence behind a channel's halt or newest verdict, in words and pictures, and what may come, with or without a running host.</summary>
internal static class WhyCommand
{
    public static Command Build()
    {
        var channel = new Argument<string>("CHANNEL") { Description = "Name of the channel." };
        var data = Shared.Data();
        var json = Shared.Json();
        var output = new Option<string?>("--out")
        {
            Description = "Folder for difference.png, spectra.png, residuals.png and r-bulk.png; nothing is drawn without it.",
        };
        var force = Shared.Force();
        var command = new Command("why", "Shows why a channel was halted, or its newest verdict: spectra, fits, statistic, hypotheses, and what was found at rest after the halt.")
        {
            channel, data, json, output, force,
        };
        command.SetAction((parsed, _) => Failing.Guard(() => Task.FromResult(
            Explain(parsed.GetValue(channel)!, parsed.GetValue(data)!, parsed.GetValue(json), parsed.GetValue(output), parsed.GetValue(force)))));
        return command;
    }

    private static int Explain(string channel, string data, bool json, string? output, bool force)
    {
        using var reader = JournalReader.Open(new DataFolder(data).Path);
        if (ExplainedRun.Of(reader, channel) is not { } explained)
        {
            Console.Error.WriteLine($"the journal has no run of a channel `{channel}`; `cyclerig status` names the channels");
            return ExitCodes.NotReachable;
        }

        var evidence = JournalEvidence.Of(reader, explained);
        if (output is not null && evidence is null)
        {
            Console.Error.WriteLine($"nothing was drawn: no spectrum of {explained.Run.Channel} was judged in run {explained.Run.Run}, or the journal does not say its cell's area");
            return ExitCodes.BadData;
        }

        if (output is not null && OutputFolder.Prepare(output, output, force) is (_, { } error))
        {
            Console.Error.WriteLine(error);
            return ExitCodes.Usage;
        }

        string[] drawn = output is not null ? [.. EvidencePlots.Save(evidence!, output).Select(name => Path.Combine(output, name))] : [];
        string[] outlook = RunOutlook.Of(reader, explained.Run.Run) is { } known ? [.. known.Lines()] : [];
        var why = RigApi.Of(reader, explained);
        if (json)
            Console.WriteLine(Whole(why, explained, evidence, outlook, drawn).ToJsonString(ApiClient.Json));
        else
            Tell(why, explained, evidence, outlook, drawn);
        return ExitCodes.Ok;
    }

    private static JsonObject Whole(JsonObject why, ExplainedRun explained, VerdictEvidence? evidence, string[] outlook, string[] drawn)
    {
        why["evidence"] = evidence is null ? null : EvidenceJson.Of(evidence);
        why["after_halt_run"] = explained.After?.Run.ToString();
        why["outlook"] = Texts(outlook);
        why["drawn"] = Texts(drawn);
        return why;
    }

    private static JsonArray Texts(string[] lines) => new([.. lines.Select(line => JsonValue.Create(line))]);

    /// <summary>How often is swept, and why so.</summary>
    private static IEnumerable<string> Sweeps(JsonObject why) => why["sweeps"] is { } planned ? [$"sweeps: {planned}"] : [];

    private static void Tell(JsonObject why, ExplainedRun explained, VerdictEvidence? evidence, string[] outlook, string[] drawn)
    {
        Console.WriteLine($"{why["channel"]}, cell {why["cell"]}, run {why["run"]}{(why["ended"] is { } ended ? $", ended: {ended}" : "")}");
        if (explained.After is { } after)
            Console.WriteLine($"followed by the after-halt run {after.Run} on {after.Channel}");
        foreach (var halt in (why["halted_by"] as JsonArray) ?? [])
            Console.WriteLine($"halted by {halt?["reason"]}: {halt?["detail"]}. {halt?["remedy"]}");
        string[] lines = (why["verdict"], evidence) switch
        {
            (null, _) => ["no spectrum was judged in this run"],
            (_, { } known) => [.. EvidenceText.Lines(known)],
            ({ } verdict, null) => [$"verdict {verdict["level"]}: {verdict["detail"]}", "the journal does not say the area of the cell, and without it no more is told"],
        };
        foreach (var line in (string[])[.. lines, .. Sweeps(why), .. outlook, .. drawn.Select(file => $"drawn: {file}")])
            Console.WriteLine(line);
    }
}

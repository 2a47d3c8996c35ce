using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.Files;
using CycleRig.Reports.Verdicts;
using CycleRig.Storage.Journals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CycleRig.Web;

/// <summary>The HTTP API of a rig, version 1. Nothing on GET changes anything.</summary>
public static class RigApi
{
    private const int CausesMax = 32;

    /// <summary>A verdict that halts is on a sweep that ended no longer before, s.</summary>
    private const double VerdictSecondsMax = 600;

    /// <summary>Maps the API behind its token.</summary>
    public static void MapCycleRigApi(this WebApplication app, RigAccess rig)
    {
        app.Use((context, next) => TokenGate.Check(context, rig.Token, () => next(context)));
        app.MapGet("/healthz", () => Results.Text("ok"));
        var api = app.MapGroup("/api/v1");
        api.MapGet("/rig", async () => Results.Json(await rig.RigGrain.View()));
        api.MapGet("/channels/{channel}", async (string channel) =>
            Known(rig, channel) ? Results.Json(await rig.Channel(channel).View()) : Unknown(channel));
        api.MapGet("/channels/{channel}/why", (string channel) => Known(rig, channel) ? Why(rig, channel) : Unknown(channel));
        api.MapPost("/channels/{channel}/{order}", (string channel, string order, OrderRequest body) => Order(rig, channel, order, body));
        api.MapPost("/conditions/{name}/ack", (string name, TripRequest body) => Acknowledge(rig, name, body));
        api.MapPost("/runs", (RunRequest body) => Submit(rig, body));
        api.MapHistory(rig.History);
        api.MapPost("/halt", async (OrderRequest body) =>
        {
            await Task.WhenAll(rig.Channels.Select(channel => Halt(rig, channel, body)));
            return Results.Json(await rig.RigGrain.View());
        });
    }

    private static async Task<IResult> Order(RigAccess rig, string channel, string order, OrderRequest body)
    {
        if (!Known(rig, channel))
            return Unknown(channel);
        if (order == "halt")
            return Results.Json((await Halt(rig, channel, body)).View);
        if (string.IsNullOrWhiteSpace(body.Operator))
            return Nameless();
        if (order == "ack" && body.Seen?.FirstOrDefault(cause => ReasonFacts.Parse(cause) is null) is { } unknown)
            return Problem(400, $"`{unknown}` is no cause", "Name the causes as status shows them, such as dendrite_onset.");
        OperatorEvent? ordered = (order, body) switch
        {
            ("start", { StopNumber: { } stop, Version: { } version }) => new StartOrdered(body.Operator, rig.NewRun(), body.FromStep, stop, version),
            ("resume", { StopNumber: { } stop, Version: { } version }) => new ResumeOrdered(body.Operator, stop, version),
            ("skip", { Version: { } version }) => new SkipOrdered(body.Operator, version),
            ("pause", _) => new PauseOrdered(body.Operator),
            ("ack", { Seen: { } seen }) => new Acknowledged(body.Operator, [.. seen.Select(ReasonFacts.Parse).OfType<Reason>()]),
            _ => null,
        };
        if (ordered is null)
            return Problem(400, $"`{order}` is no order, or lacks what it must cite", "start and resume: stop_number and version; skip: version; ack: seen.");
        var answer = await rig.Channel(channel).Order(ordered, rig.Now());
        return answer.Accepted ? Results.Json(answer.View) : Problem(409, answer.Why, "Nothing was changed.");
    }

    /// <summary>The cell goes off by the link at once; the grain, which may be busy or hang, latches the halt when it comes to it.</summary>
    private static Task<OrderAnswer> Halt(RigAccess rig, string channel, OrderRequest body)
    {
        var (person, why) = (string.IsNullOrWhiteSpace(body.Operator) ? "somebody" : body.Operator, body.Why ?? "by order");
        rig.Stop(channel, new(Reason.OperatorHalt, rig.Now(), $"{person}: {why}"));
        return rig.Channel(channel).Order(new HaltOrdered(person, why), rig.Now());
    }

    private static async Task<IResult> Acknowledge(RigAccess rig, string name, TripRequest body)
    {
        if (string.IsNullOrWhiteSpace(body.Operator))
            return Nameless();
        return await rig.RigGrain.Acknowledge(name, body.Operator) is { } refusal
            ? Problem(409, refusal, "Nothing was changed.")
            : Results.Json(await rig.RigGrain.View());
    }

    private static async Task<IResult> Submit(RigAccess rig, RunRequest body)
    {
        if (string.IsNullOrWhiteSpace(body.Operator))
            return Nameless();
        Protocol protocol;
        try
        {
            protocol = ProtocolFile.Parse("protocol", body.Protocol);
        }
        catch (FileProblemsException wrong)
        {
            return Problem(400, wrong.Message, "Nothing was started.");
        }

        ImmutableArray<string> channels = body.Channels is { Length: > 0 } named ? [.. named] : [.. rig.Channels];
        if (await rig.RigGrain.Assign(protocol, channels) is { } refusal)
            return Problem(409, refusal, "Nothing was started.");
        var answers = new List<OrderAnswer>();
        foreach (var channel in channels)
        {
            var seen = await rig.Channel(channel).View();
            answers.Add(await rig.Channel(channel).Order(new StartOrdered(body.Operator, rig.NewRun(), null, seen.StopNumber, seen.Version), rig.Now()));
        }

        return answers.FirstOrDefault(answer => !answer.Accepted) is { } refused
            ? Problem(409, $"{refused.View.Channel}: {refused.Why}", "Channels before it were started.")
            : Results.Json(answers.Select(answer => answer.View));
    }

    /// <summary>The deciding verdict with its evidence.</summary>
    private static IResult Why(RigAccess rig, string channel)
    {
        using var reader = JournalReader.Open(rig.DataFolder);
        return Results.Json(Newest(reader, channel));
    }

    /// <summary>Newest run of a channel, its end or causes, and the verdict that halted it, or its newest.</summary>
    public static JsonObject Newest(JournalReader reader, string channel) =>
        ExplainedRun.Of(reader, channel) is { } explained ? Of(reader, explained) : new() { ["channel"] = channel, ["run"] = null };

    /// <summary>The same of a run that was chosen.</summary>
    public static JsonObject Of(JournalReader reader, ExplainedRun explained)
    {
        var run = explained.Run;
        var decisions = reader.OfRun(run.Run, RecordKind.Decision).Select(row => (row.Record.TimeSeconds, Line: row.Record.DecodeJson())).ToList();
        // Each cause raises one alarm; the first is the first-out.
        var alarms = decisions
            .Where(decided => decided.Line["state"]?.GetValue<string>() == "halted")
            .SelectMany(decided => ((JsonArray)decided.Line["commands"]!).Select(command => (decided.TimeSeconds, Command: command!)))
            .Where(told => told.Command["type"]!.GetValue<string>() == "raise_alarm").Take(CausesMax).ToList();
        var halts = alarms.Select(told => (JsonNode)new JsonObject
        {
            ["reason"] = told.Command["reason"]!.DeepClone(), ["detail"] = told.Command["text"]!.DeepClone(), ["remedy"] = Remedy(told.Command["reason"]!),
        });
        return new()
        {
            ["channel"] = run.Channel,
            ["run"] = run.Run.ToString(),
            ["cell"] = run.Cell,
            ["ended"] = run.EndReason,
            ["halted_by"] = new JsonArray([.. halts]),
            ["verdict"] = Verdict(reader, run.Run, [.. alarms.Select(told => told.TimeSeconds)]),
            ["sweeps"] = decisions.Select(decided => decided.Line["event"]).LastOrDefault(told => (string?)told?["type"] == "sweeps_planned")?["why"]?.DeepClone(),
        };
    }

    /// <summary>The verdict that halted; spectra at rest after the halt may have been judged since. Without one the newest.</summary>
    private static JsonObject? Verdict(JournalReader reader, Guid run, IReadOnlyList<double> halts) => halts
        .SelectMany(halt => reader.OfRun(run, RecordKind.Fit, halt - VerdictSecondsMax).TakeWhile(row => row.Record.TimeSeconds <= halt).Select(row => row.Record.DecodeJson()))
        .FirstOrDefault(verdict => verdict["level"]?.ToString() == "halt") ?? reader.OfRun(run, RecordKind.Fit).LastOrDefault()?.Record.DecodeJson();

    private static string? Remedy(JsonNode reason) => ReasonFacts.Parse(reason.GetValue<string>()) is { } known ? ReasonFacts.Of(known).Remedy : null;

    private static bool Known(RigAccess rig, string channel) => rig.Channels.Contains(channel);

    private static IResult Nameless() => Problem(400, "`operator` is missing", "Write the name of the person who orders.");

    private static IResult Unknown(string channel) => Problem(404, $"the rig has no channel `{channel}`", "`cyclerig status`, or GET /api/v1/rig, names the channels.");

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Host.Running;
using CycleRig.Storage.Journals;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig why`: the evidence behind a channel's newest verdict and halt, and what may come, with or without a running host.</summary>
internal static class WhyCommand
{
    public static Command Build()
    {
        var channel = new Argument<string>("CHANNEL") { Description = "Name of the channel." };
        var data = Shared.Data();
        var json = Shared.Json();
        var command = new Command("why", "Shows why a channel was halted, and the newest verdict with its evidence.") { channel, data, json };
        command.SetAction((parsed, _) => Failing.Guard(() =>
        {
            using var reader = JournalReader.Open(new DataFolder(parsed.GetValue(data)!).Path);
            var why = RigApi.Newest(reader, parsed.GetValue(channel)!);
            if (why["run"] is null)
            {
                Console.Error.WriteLine($"the journal has no run of a channel `{parsed.GetValue(channel)}`; `cyclerig status` names the channels");
                return Task.FromResult(ExitCodes.NotReachable);
            }

            string[] outlook = RunOutlook.Of(reader, Guid.Parse(why["run"]!.GetValue<string>())) is { } known ? [.. known.Lines()] : [];
            if (parsed.GetValue(json))
            {
                why["outlook"] = new JsonArray([.. outlook.Select(line => JsonValue.Create(line))]);
                Console.WriteLine(why.ToJsonString(ApiClient.Json));
            }
            else
            {
                Tell(why);
                if (why["sweeps"] is { } sweeps)
                    Console.WriteLine($"sweeps: {sweeps}");
                foreach (var line in outlook)
                    Console.WriteLine(line);
            }

            return Task.FromResult(ExitCodes.Ok);
        }));
        return command;
    }

    private static void Tell(JsonObject why)
    {
        Console.WriteLine($"{why["channel"]}, cell {why["cell"]}, run {why["run"]}{(why["ended"] is { } ended ? $", ended: {ended}" : "")}");
        foreach (var halt in (why["halted_by"] as JsonArray) ?? [])
            Console.WriteLine($"halted by {halt?["reason"]}: {halt?["detail"]}. {halt?["remedy"]}");
        if (why["verdict"] is not JsonObject verdict)
        {
            Console.WriteLine("no spectrum was judged in this run");
            return;
        }

        Console.WriteLine($"newest verdict ({verdict["level"]}): {verdict["detail"]}");
        if (verdict["evidence"] is not JsonObject evidence)
            return;
        var tested = evidence["threshold"]?.GetValueKind() == JsonValueKind.Number ? $"; statistic {Rounded(evidence["statistic"])} σ against {Rounded(evidence["threshold"])} σ" : "";
        Console.WriteLine($"R_bulk {Rounded(evidence["bulk_ohms"])} Ω, at 30 °C {Rounded(evidence["compensated_ohms"])} Ω{tested}");
        foreach (var hypothesis in (evidence["hypotheses"] as JsonArray) ?? [])
            Console.WriteLine($"  {hypothesis?["name"]}: log-likelihood gain {Rounded(hypothesis?["log_likelihood_gain"])}");
        if (evidence["loss_percent"] is JsonValue loss && loss.GetValueKind() == JsonValueKind.Number && loss.GetValue<double>() > 0 && evidence["unseen_kelvins"] is { } kelvins)
        {
            Console.WriteLine(
                $"for it to be no metal the cell must have warmed by {Rounded(kelvins)} K that its thermometer does not show, or its leads must have lost {Rounded(loss)} % of R_bulk, since {Rounded(evidence["onset_seconds"])} s");
        }
    }

    private static string Rounded(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? value.GetValue<double>().ToString("G5", System.Globalization.CultureInfo.InvariantCulture)
        : node?.ToString() ?? "-";
}

using System.CommandLine;
using System.Text.Json.Nodes;
using CycleRig.Reports.Protocols;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig protocols`: the protocols that have a file and an analysis.</summary>
internal static class ProtocolsCommand
{
    public static Command Build()
    {
        var json = Shared.Json();
        var command = new Command("protocols", "Lists the protocols that `report` evaluates, with their files.") { json };
        command.SetAction((parsed, _) => Failing.Guard(() =>
        {
            if (parsed.GetValue(json))
                Console.WriteLine(new JsonArray([.. ProtocolCatalogue.All.Select(protocol => (JsonNode)One(protocol))]).ToJsonString(ApiClient.Json));
            else
                Tell();
            return Task.FromResult(ExitCodes.Ok);
        }));
        return command;
    }

    private static JsonObject One(ProtocolDescription protocol) => new()
    {
        ["name"] = protocol.Name, ["measured"] = protocol.Measured, ["result"] = protocol.Result,
        ["file"] = protocol.File, ["rig"] = protocol.Rig, ["duration"] = protocol.Duration,
    };

    private static void Tell()
    {
        foreach (var protocol in ProtocolCatalogue.All)
        {
            Console.WriteLine($"{protocol.Name}, about {protocol.Duration}");
            Console.WriteLine($"    measured: {protocol.Measured}");
            Console.WriteLine($"    result:   {protocol.Result}");
            Console.WriteLine($"    file:     {protocol.File}, runs on {protocol.Rig}");
        }
    }
}

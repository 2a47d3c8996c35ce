using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.EarlyWarning.Tuning;
using CycleRig.Host.Replaying;
using static CycleRig.Host.Demo.OutputJson;

namespace CycleRig.Host.Tuning;

/// <summary>What tuning found, as text and as JSON.</summary>
/// <param name="Found">The settings.</param>
/// <param name="Training">The population that they were searched on.</param>
/// <param name="HeldOut">One that the search never saw, or null.</param>
internal sealed record TuneReport(SettingsSearch.Found Found, FittedPopulation Training, FittedPopulation? HeldOut)
{
    public IEnumerable<string> Text()
    {
        yield return $"{Found.Judged} settings judged on {Training.Count} recordings";
        yield return $"  {"setting",-20} {"before",10} {"after",10}";
        foreach (var tuned in TunedSetting.All)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {tuned.Name,-20} {tuned.Of(DetectorSettings.Default),10:G4} {tuned.Of(Found.Settings),10:G4}");
        foreach (var (name, population) in Populations())
        {
            var table = Table(population);
            yield return "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}: merit {Merit(table, 0):F4} before, {Merit(table, 1):F4} after");
            foreach (var line in ScoreText.Lines(table))
                yield return line;
        }

        yield return "";
        yield return HeldOut is null
            ? "No held-out population: what was won on the training population may be chance. Settings found on a simulator are those of a simulator."
            : "The held-out population is what counts. Settings found on a simulator are those of a simulator.";
    }

    public string Json()
    {
        var settings = TunedSetting.All.Select(tuned => (JsonNode)new JsonObject
        {
            ["setting"] = tuned.Name, ["before"] = tuned.Of(DetectorSettings.Default), ["after"] = tuned.Of(Found.Settings),
        });
        var json = new JsonObject { ["judged"] = Found.Judged, ["settings"] = new JsonArray([.. settings]) };
        foreach (var (name, population) in Populations())
        {
            var table = Table(population);
            json[name.Replace('-', '_')] = new JsonObject
            {
                ["recordings"] = population.Count,
                ["passed_over"] = new JsonArray([.. population.PassedOver.Select(why => (JsonNode)why)]),
                ["merit_before"] = Rounded(Merit(table, 0), 6),
                ["merit_after"] = Rounded(Merit(table, 1), 6),
                ["groups"] = ScoreJson.Groups(table),
            };
        }

        return json.ToJsonString(Readable);
    }

    private IEnumerable<(string Name, FittedPopulation Population)> Populations() =>
        HeldOut is null ? [("training", Training)] : [("training", Training), ("held-out", HeldOut)];

    private IReadOnlyList<ScoreTable.Group> Table(FittedPopulation population) => population.Table(DetectorSettings.Default, Found.Settings);

    private static double Merit(IReadOnlyList<ScoreTable.Group> table, int detector) =>
        EarlyWarning.Tuning.Merit.Of(table[0].Detectors[detector], table[0].Foreseeable).Value;
}

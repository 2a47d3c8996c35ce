using System.Text.Json.Nodes;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Playing;
using CycleRig.Devices.Simulated.Populations;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Grains.Running;
using CycleRig.Host.Demo;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Simulating;

/// <summary>Recordings of a population, with their truth: what would happen to the cells with nobody watching.</summary>
internal static class PopulationRun
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);
    private const double StartSeconds = 2;

    /// <summary>Draws and writes recordings rec_0001, rec_0002, ...; the groups run in parallel.</summary>
    /// <param name="population">Kinds and their shares.</param>
    /// <param name="count">How many recordings.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="directory">Takes recordings/ and truth/.</param>
    /// <param name="written">Told of each group's recordings when they are written; from several threads.</param>
    /// <param name="cancellation">Ends it between two groups.</param>
    /// <returns>How many recordings each kind has.</returns>
    public static IReadOnlyDictionary<string, int> Write(
        Population population, int count, int seed, string directory, Action<int> written, CancellationToken cancellation)
    {
        var groups = PopulationDraw.Groups(population, count, seed);
        var first = new int[groups.Length];
        for (var i = 1; i < groups.Length; i++)
            first[i] = first[i - 1] + groups[i - 1].Recorded;
        Parallel.For(0, groups.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            Record(groups[i], first[i] + 1, new Draw(seed, $"rig {groups[i].Number}").Below(int.MaxValue), directory);
            written(groups[i].Recorded);
        });
        return groups.GroupBy(group => group.Kind).ToDictionary(kind => kind.Key, kind => kind.Sum(group => group.Recorded));
    }

    /// <summary>summary.json of a population.</summary>
    public static string Summary(string name, int seed, IReadOnlyDictionary<string, int> kinds) => new JsonObject
    {
        ["population"] = name,
        ["seed"] = seed,
        ["kinds"] = new JsonObject(kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Value))),
    }.ToJsonString(OutputJson.Readable) + "\n";

    private static void Record(DrawnGroup group, int number, int seed, string directory)
    {
        using var rig = new UnwatchedRig(group.Rig, seed, group.Scripts, SimulationDetail.Population(SampleInterval));
        var (writers, players) = (new List<RecordingWriter>(), new List<ProtocolPlayer>());
        foreach (var channel in group.Rig.Channels.Take(group.Recorded))
        {
            var facts = RunFacts.Of(channel, group.Protocol, seed);
            facts.Remove("seed");
            facts.Remove("surface");
            var writer = new RecordingWriter(Path.Combine(directory, "recordings", Name(number + writers.Count)), facts);
            writers.Add(writer);
            players.Add(rig.Add(
                channel, group.Protocol, sample => writer.Write(sample with { TimeSeconds = sample.TimeSeconds - StartSeconds }),
                spectrum => writer.Write(Shifted(spectrum))));
        }

        // The cells that are not recorded are in the press all the same.
        rig.ReadConditions();
        if (!rig.Run(TimeSpan.FromSeconds(StartSeconds), Longest))
            throw new InvalidOperationException($"group {group.Number} of {group.Kind} had not ended after {Longest.TotalDays:F0} d of rig time");
        for (var i = 0; i < writers.Count; i++)
        {
            writers[i].Dispose();
            var channel = rig[group.Rig.Channels[i].Name];
            TruthFile.Write(channel, group.Kind, StartSeconds, Path.Combine(directory, "truth", Name(number + i)), channel.ClockAt, players[i].Cut);
        }
    }

    private static string Name(int number) => FormattableString.Invariant($"rec_{number:D4}");

    private static Core.Evidence.Spectrum Shifted(Core.Evidence.Spectrum spectrum) => spectrum with
    {
        StartSeconds = spectrum.StartSeconds - StartSeconds,
        Points = [.. spectrum.Points.Select(point => point with { TimeSeconds = point.TimeSeconds - StartSeconds })],
    };
}

using CycleRig.Core.Experiments;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Reports.Protocols;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>A protocol file on its rig file, as a user runs it, through the real controller on simulated cells; with what really happened.</summary>
/// <param name="Protocol">Its name in the catalogue.</param>
/// <param name="Outcomes">How each cell ended, in the order of the rig file.</param>
/// <param name="Recordings">What each left; of a run that went on, those of the first run before them.</param>
/// <param name="Cells">The cells with their truth.</param>
/// <param name="Left">The rig as the run left it.</param>
internal sealed record ProtocolBench(
    string Protocol, IReadOnlyList<CellOutcome> Outcomes, IReadOnlyList<Recording> Recordings, IReadOnlyList<SimulatedCell> Cells, RigSnapshot Left)
{
    /// <summary>Runs a protocol to its end.</summary>
    /// <param name="protocol">Name in the catalogue, which knows the files.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="copy">Makes a copy of the protocol file's text that takes less time, or null.</param>
    /// <param name="rig">Makes a copy of the rig file's text, or null.</param>
    /// <param name="script">What befalls each cell, or null.</param>
    /// <param name="goesOn">The run whose cells it takes over, or null.</param>
    public static async Task<ProtocolBench> RunAsync(
        string protocol, int seed, Func<string, string>? copy = null, Func<string, string>? rig = null, CellScript? script = null, ProtocolBench? goesOn = null)
    {
        using var folder = new TemporaryFolder();
        var known = ProtocolCatalogue.Of(protocol);
        var steps = ProtocolFile.Read(Copy(known.File, copy, folder, "protocol.yaml"));
        var bench = RigFile.Read(Copy(known.Rig, rig, folder, "rig.yaml"));
        Assert.Empty(RigCheck.Problems(bench, bench.Channels.ToDictionary(channel => channel.Name, _ => steps)));
        var scripts = script is null ? null : bench.Channels.ToDictionary(channel => channel.Name, _ => script);
        var data = Path.Combine(folder.Path, "journal");
        using var journal = Journal.Open(data);
        var outcome = await new SimulatedRun(bench, steps, seed, scripts, goesOn?.Left).RunAsync(journal, null, TestContext.Current.CancellationToken);
        var cells = OutcomeFiles.Write(outcome, bench, data, folder.Path, plots: false, scripts);
        return new(
            protocol, cells,
            [.. goesOn?.Recordings ?? [], .. bench.Channels.Select(channel => RecordingReader.Read(Path.Combine(folder.Path, "recordings", channel.Cell.Id)))],
            [.. bench.Channels.Select(channel => outcome.Simulated[channel.Name].Cell)], outcome.Simulated.Snapshot());
    }

    /// <summary>The protocol's own report.</summary>
    /// <param name="told">What the user has added to cell.json.</param>
    public ProtocolReport Report(params (string Key, double Value)[] told)
    {
        foreach (var recording in Recordings)
        {
            foreach (var (key, value) in told)
                recording.Cell.All[key] = value;
        }

        return ProtocolCatalogue.Of(Protocol).Analyse(Recordings);
    }

    /// <summary>The first row whose name begins so.</summary>
    public static ReportRow Row(ProtocolReport report, string name) => report.Rows.First(row => row.Name.StartsWith(name, StringComparison.Ordinal));

    private static string Copy(string file, Func<string, string>? change, TemporaryFolder folder, string name)
    {
        var text = File.ReadAllText(Path.Combine(SharedData.ProjectRoot(), file));
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, change is null ? text : change(text));
        return path;
    }
}

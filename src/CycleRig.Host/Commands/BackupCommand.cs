using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Host.Running;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig backup`: a copy of the journal, also while a rig writes it.</summary>
internal static class BackupCommand
{
    public static Command Build()
    {
        var data = Shared.Data();
        var output = new Option<string>("--out") { Description = "Folder for the copy; made when absent.", Required = true };
        var force = Shared.Force();
        var json = Shared.Json();
        var command = new Command("backup", "Copies the journal of a data folder, also while a rig writes it, and checks every row of the copy. To restore: copy that folder, serve with --data; open runs are halted.")
        {
            data, output, force, json,
        };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => Task.FromResult(
            Copy(parsed.GetValue(data)!, parsed.GetValue(output)!, parsed.GetValue(force), parsed.GetValue(json), cancellation))));
        return command;
    }

    private static int Copy(string data, string output, bool force, bool json, CancellationToken cancellation)
    {
        var folder = new DataFolder(data).Path;
        var target = Path.GetFullPath(output);
        if (Inside(folder, target) || Inside(target, folder))
        {
            Console.Error.WriteLine($"{output} is or holds the data folder itself, or lies in it; give another folder with --out");
            return ExitCodes.Usage;
        }

        using (JournalReader.Open(folder))
        {
            // Before anything is made or emptied.
        }

        if (OutputFolder.Prepare(target, target, force) is (_, { } error))
        {
            Console.Error.WriteLine(error);
            return ExitCodes.Usage;
        }

        var report = JournalBackup.Write(folder, target, cancellation);
        foreach (var damage in report.Damages)
            Console.Error.WriteLine($"{damage}; the copy is as the original. Readers find a gap there.");
        Console.WriteLine(json
            ? new JsonObject
            {
                ["folder"] = target, ["volumes"] = report.Volumes, ["last_seq"] = report.LastSeq, ["bytes"] = report.Bytes,
                ["damages"] = new JsonArray([.. report.Damages.Select(damage => JsonValue.Create(damage))]),
            }.ToJsonString(ApiClient.Json)
            : string.Create(CultureInfo.InvariantCulture, $"{report.Volumes} volumes up to row {report.LastSeq}, {report.Bytes / 1e6:F1} MB, every row checked: {output}"));
        return report.Damages.Count == 0 ? ExitCodes.Ok : ExitCodes.BadData;
    }

    private static bool Inside(string folder, string parent) =>
        Path.GetRelativePath(parent, folder) is var way && way != ".." && !way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(way);
}

using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.EndToEnd;

public sealed class BackupCommandTests : IDisposable
{
    private readonly LiveRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_backup_taken_while_a_rig_plates_holds_all_rows_and_serves_as_a_restored_copy_with_its_run_halted()
    {
        var copy = Path.Combine(_rig.Folder, "copy");
        List<JournalRow> before;
        using (var host = await _rig.ServeAsync())
        {
            await _rig.PlateAsync();
            using (var reader = JournalReader.Open(_rig.Data))
                before = [.. reader.ReadFrom(0, int.MaxValue)];
            var (exit, output) = await CycleRigProcess.RunAsync("backup", "--data", _rig.Data, "--out", copy);
            Assert.True(exit == 0, output);
            Assert.Contains("every row checked", output, StringComparison.Ordinal);
            Assert.Equal("running", (await _rig.ChannelAsync())["state"]!.GetValue<string>());
            Assert.Equal(0, host.Terminate());
        }

        using (var reader = JournalReader.Open(copy))
        {
            var rows = reader.ReadFrom(0, int.MaxValue).Take(before.Count).ToList();
            Assert.Equal(before.Select(Bits), rows.Select(Bits));
        }

        using (var restored = Journal.Open(copy))
        {
            Assert.Equal((2, true), (restored.OpenReport.Epoch, restored.OpenReport.IsNewEpoch));
            Assert.Contains("copied", restored.OpenReport.Damage, StringComparison.Ordinal);
            Assert.Single(restored.OpenReport.OpenRuns);
        }
    }

    [Fact]
    public async Task What_can_not_be_backed_up_is_told_in_one_line_and_changes_nothing()
    {
        var data = Path.Combine(_rig.Folder, "own");
        using (var journal = Journal.Open(data))
        {
            journal.Append(JournalRecord.RunStarted("ch-1", Guid.CreateVersion7(), 0, DateTimeOffset.UnixEpoch, "cell-1"));
        }

        foreach (var (expected, arguments) in (IEnumerable<(int, string[])>)
        [
            (1, ["--data", data, "--out", data, "--force"]),
            (1, ["--data", data, "--out", Path.Combine(data, "inside")]),
            (1, ["--data", data, "--out", _rig.Folder, "--force"]),
            (5, ["--data", Path.Combine(_rig.Folder, "nothing"), "--out", Path.Combine(_rig.Folder, "copy")]),
        ])
        {
            var (exit, output) = await CycleRigProcess.RunAsync(["backup", .. arguments]);
            Assert.True(exit == expected, $"exit code {exit}: {output}");
            Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.False(Directory.Exists(Path.Combine(_rig.Folder, "copy")));
        using var again = Journal.Open(data);
        Assert.Null(again.OpenReport.Damage);
    }

    private static (long, int, string, string) Bits(JournalRow row) =>
        (row.Seq, row.Epoch, row.Record.Kind.Name(), Convert.ToHexString(row.Record.Payload.Span));
}

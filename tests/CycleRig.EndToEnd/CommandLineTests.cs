using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>The program as a user calls it: bad input gives one clear line for each problem, the right exit code, and leaves nothing behind.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const int Usage = 1;
    private const int BadData = 2;
    private const int Refused = 4;
    private const int Storage = 5;

    private readonly TemporaryFolder _folder = new();

    private static string BadFiles => Path.Combine(SharedData.ProjectRoot(), "tests", "CycleRig.Files.Tests", "BadFiles");

    private static string Rig => Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Validate_tells_of_each_bad_file_what_is_wrong_where_and_what_to_write()
    {
        var files = Directory.GetFiles(BadFiles, "*.yaml").Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count >= 25, $"{files.Count} bad files");
        // Two at a time: each is a process of its own.
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, cancellation) =>
        {
            var expected = (await File.ReadAllTextAsync(Path.ChangeExtension(file, ".expected"), cancellation)).Trim();
            var (exit, output) = await CycleRigProcess.RunAsync("validate", file);
            Assert.True(exit == BadData, $"{file}: exit code {exit}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            AssertPlaces(output);
        });
    }

    [Theory]
    [InlineData("plate: {current_density: 500 mA/cm², until: {time: 1 s}}", "above the instrument's range of 10 mA")]
    [InlineData("plate: {current_density: 10 mA/cm², until: {time: 1 s}}", "above the cell's limit of 0.2 mA")]
    [InlineData("peis: {from: 30 MHz, to: 1 Hz, amplitude: 10 mV}", "outside the instrument's 0.01 Hz to 7 MHz")]
    [InlineData("plate: {current_density: 0.5 mA/cm², until: {time: 1 h}}", "without a spectrum, the blind limit is 10 min")]
    [InlineData("settle: {temperature: 90 °C}", "outside the cell's")]
    public async Task What_the_rig_cannot_do_is_told_at_its_step_and_nothing_is_started(string step, string expected)
    {
        var file = await Protocol(step);
        var data = Path.Combine(_folder.Path, "data");
        foreach (var command in (string[][])[["validate", file, "--rig", Rig], ["run", file, "--rig", Rig, "--data", data]])
        {
            var (exit, output) = await CycleRigProcess.RunAsync(command);
            Assert.True(exit == BadData, $"exit code {exit}: {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.Contains($"{file}:4:", output, StringComparison.Ordinal);
            AssertPlaces(output);
        }

        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task What_cannot_be_found_reached_or_read_has_its_exit_code_and_one_line()
    {
        var binary = Path.Combine(_folder.Path, "a.mpr");
        await File.WriteAllBytesAsync(binary, [0x42, 0, 1, 2, 0, 3], TestContext.Current.CancellationToken);
        var nan = Path.Combine(_folder.Path, "nan.csv");
        await File.WriteAllTextAsync(nan, "freq,zreal,zimag\n1000,65,-1\n100,NaN,-2\n", TestContext.Current.CancellationToken);
        var kept = Path.Combine(_folder.Path, "kept");
        Directory.CreateDirectory(kept);
        await File.WriteAllTextAsync(Path.Combine(kept, "mine.txt"), "mine", TestContext.Current.CancellationToken);
        foreach (var (code, expected, command) in new (int, string, string[])[]
        {
            (BadData, "no such file", ["validate", "absent.yaml"]),
            (BadData, "binary file", ["fit", binary, "--circuit", "R0"]),
            (BadData, $"{nan}:3:5: `NaN`", ["fit", nan, "--circuit", "R0-p(R1,C1)"]),
            (BadData, "no such folder", ["replay", Path.Combine(_folder.Path, "absent"), "--out", Path.Combine(_folder.Path, "r.jsonl")]),
            (Usage, "is not empty", ["demo", "--out", kept]),
            (Usage, "give --rig FILE", ["run", await Protocol("rest: {duration: 1 s}"), "--data", Path.Combine(_folder.Path, "none")]),
            (Usage, "has no channel `ch-9`", ["run", await Protocol("rest: {duration: 1 s}"), "--rig", Rig, "--channel", "ch-9", "--data", Path.Combine(_folder.Path, "none")]),
            (Refused, "no host serves", ["status", "--data", _folder.Path]),
            (Refused, "no host serves", ["start", "ch-1", "--data", _folder.Path]),
            (Refused, "press e-stop", ["halt", "--data", _folder.Path]),
            (Storage, "holds no journal", ["why", "ch-1", "--data", _folder.Path]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(command);
            Assert.True(exit == code, $"{string.Join(' ', command)}: exit code {exit}, {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(kept, "mine.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_full_disk_is_one_line_and_starts_nothing()
    {
        using var disk = SmallDisk.Mount(Path.Combine(_folder.Path, "disk"), kibibytes: 64);
        if (disk is null)
            Assert.Skip("a small disk cannot be mounted here (not root)");
        disk.Fill();
        var (exit, output) = await CycleRigProcess.RunAsync("serve", "--rig", Rig, "--data", disk.Path);
        Assert.True(exit == Storage, $"exit code {exit}: {output}");
        Assert.Contains("free space", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    /// <summary>Each line of a bad file's errors has file, line and column.</summary>
    private static void AssertPlaces(string output) => Assert.All(
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\S.*:\d+:\d+: .+$", line.TrimEnd('\r')));

    private async Task<string> Protocol(string step)
    {
        var file = Path.Combine(_folder.Path, "p.yaml");
        await File.WriteAllTextAsync(file, $"format: 1\nprotocol: p\nsteps:\n  - {step}\n", TestContext.Current.CancellationToken);
        return file;
    }
}

using CycleRig.Host.Commands;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Host.Tests.Commands;

/// <summary>Exit codes and one-line errors of the command line.</summary>
public sealed class CommandTreeTests
{
    private static string BadFiles => Path.Combine(SharedData.ProjectRoot(), "tests", "CycleRig.Files.Tests", "BadFiles");

    private static string Example(string name) => Path.Combine(SharedData.ProjectRoot(), "examples", name);

    [Fact]
    public async Task Usage_bad_data_and_what_cannot_be_reached_have_their_exit_codes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(1, await Run("no-such-command"));
        Assert.Equal(1, await Run("fit"));
        Assert.Equal(2, await Run("validate", Path.Combine(BadFiles, "rig-bare-number.yaml")));
        Assert.Equal(2, await Run("replay", Path.Combine(folder.Path, "absent"), "--out", Path.Combine(folder.Path, "r.jsonl")));
        Assert.Equal(4, await Run("status", "--data", folder.Path));
        Assert.Equal(4, await Run("halt", "--data", folder.Path));
        Assert.Equal(0, await Run("validate", Example("plating.yaml"), "--rig", Example("rig.yaml")));
    }

    [Fact]
    public async Task A_protocol_beyond_the_instruments_range_is_refused_before_anything_runs()
    {
        using var folder = new TemporaryFolder();
        var protocol = Path.Combine(folder.Path, "p.yaml");
        await File.WriteAllTextAsync(protocol, """
            format: 1
            protocol: p
            steps:
              - peis: {from: 30 MHz, to: 1 Hz, amplitude: 10 mV}
              - plate: {current_density: 50 mA/cm², until: {time: 1 s}}
            """, TestContext.Current.CancellationToken);
        Assert.Equal(2, await Run("validate", protocol, "--rig", Example("rig.yaml")));
        Assert.Equal(2, await Run("run", protocol, "--rig", Example("rig.yaml"), "--data", Path.Combine(folder.Path, "data")));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "data")));
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_refused_without_force()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "kept"), "");
        Assert.NotNull(OutputFolder.Prepare(folder.Path, "x", force: false).Error);
        Assert.True(File.Exists(Path.Combine(folder.Path, "kept")));
        Assert.Null(OutputFolder.Prepare(folder.Path, "x", force: true).Error);
    }

    private static Task<int> Run(params string[] arguments) => CommandTree.Build().Parse(arguments).InvokeAsync(new() { Error = TextWriter.Null, Output = TextWriter.Null });
}

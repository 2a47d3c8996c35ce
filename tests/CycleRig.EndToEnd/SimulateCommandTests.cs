using System.Text.Json;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`simulate` as a user calls it.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private const int Usage = 1;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Focusing_tells_the_enhancement_beside_its_closed_form_and_draws_the_field()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "focusing", "--depth", "50 µm", "--aspect", "5", "--thickness", "1.2 mm", "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Matches(@"depth of the crack +50 µm", output);
        Assert.Matches(@"closed form, half-space +17\.91 times the mean", output);
        Assert.Matches(@"current density at the tip +1[78]\.\d\d times the mean", output);
        Assert.Matches(@"difference +[+-][01]\.\d\d %", output);
        Assert.Equal(["focusing.png", "focusing.svg"], Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var picture = await File.ReadAllBytesAsync(At("out/focusing.png"), TestContext.Current.CancellationToken);
        Assert.Equal("PNG"u8, picture.AsSpan(1, 3));
    }

    [Fact]
    public async Task Focusing_near_the_counter_electrode_is_stronger_than_the_closed_form_and_is_told_as_json()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "focusing", "--depth", "1.08mm", "--aspect", "2", "--json", "--out", At("out"));
        Assert.True(exit == 0, output);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(1.08e-3, document.RootElement.GetProperty("depthMetres").GetDouble(), 1e-12);
        Assert.Equal(1.2e-3, document.RootElement.GetProperty("thicknessMetres").GetDouble(), 1e-12);
        // The whole voltage falls at least over the gap of a tenth, so that its mean density is ten times that of the pellet.
        Assert.True(document.RootElement.GetProperty("tipEnhancement").GetDouble() > 10);
        Assert.True(document.RootElement.GetProperty("counterEnhancement").GetDouble() > 2);
    }

    [Fact]
    public async Task What_cannot_be_is_one_line_and_writes_nothing()
    {
        foreach (var (expected, arguments) in new (string, string[])[]
        {
            ("--depth 1300 µm: the crack must end in the pellet; give at most 1188 µm, 99 % of --thickness 1200 µm", ["--depth", "1.3 mm"]),
            ("--depth: `50` has no unit; write a length such as `2 mm`", ["--depth", "50"]),
            ("--thickness: `1.2 V` is a voltage; write a length", ["--thickness", "1.2 V"]),
            ("--aspect 0.1: depth over radius is 0.5 to 100", ["--aspect", "0.1"]),
            ("--depth and --thickness: give lengths above 0", ["--depth", "0 µm"]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(["simulate", "focusing", .. arguments, "--out", At("out")]);
            Assert.True(exit == Usage, $"{string.Join(' ', arguments)}: exit code {exit}, {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.Single(output.Trim().Split('\n'));
        }

        Assert.False(Directory.Exists(At("out")));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`demo` as a newcomer calls it.</summary>
public sealed class DemoCommandTests
{
    [Fact]
    public async Task It_tells_of_each_cell_and_the_median_charge_between_onset_and_halt()
    {
        using var folder = new TemporaryFolder();
        var (exit, output) = await CycleRigProcess.RunAsync("demo", "--seed", "1", "--out", Path.Combine(folder.Path, "out"));
        Assert.True(exit == 0, output);
        var cells = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "out", "summary.json"), TestContext.Current.CancellationToken))!.AsArray();
        Assert.All(cells, cell => Assert.Contains($"{cell!["cell"]}: {cell["outcome"]}", output, StringComparison.Ordinal));
        var charges = cells.Select(cell => cell!["charge_onset_to_act_mAh_cm2"]?.GetValue<double>()).OfType<double>().Order().ToList();
        Assert.Equal(3, charges.Count);
        var told = Regex.Match(output, @"plated between onset and halt, median of 3 cells: (\d\.\d{3}) mAh/cm²");
        Assert.True(told.Success, output);
        Assert.Equal(charges[1], double.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture), 3);
    }
}

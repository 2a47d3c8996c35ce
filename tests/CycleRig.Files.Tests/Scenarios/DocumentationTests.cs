using System.Globalization;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Scenarios;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests.Scenarios;

/// <summary>docs/scenarios.md names everything that files can say, and every scenario with its sentence.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void The_page_names_every_parameter_upset_event_and_scenario()
    {
        var page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot(), "docs", "scenarios.md"));
        var names = CellParameters.All.Select(known => known.Name).Concat(UpsetFacts.All.Select(known => known.Name)).Concat(ConditionEventFacts.All.Select(known => known.Name));
        Assert.All(names, name => Assert.Contains($"| `{name}` |", page, StringComparison.Ordinal));
        var scenarios = Directory.GetFiles(Path.Combine(SharedData.ProjectRoot(), "examples", "scenarios"), "*.yaml").Select(ScenarioFile.Read).ToList();
        Assert.NotEmpty(scenarios);
        Assert.All(scenarios, scenario =>
            Assert.Contains($"| [{scenario.Name}](../examples/scenarios/{scenario.Name}.yaml) | {scenario.About} |", page, StringComparison.Ordinal));
    }

    /// <summary>A row of the table: name, what it is, an example, least and largest value.</summary>
    [Fact]
    public void Examples_of_parameters_are_possible_and_bounds_are_those_that_are_checked()
    {
        var rows = File.ReadLines(Path.Combine(SharedData.ProjectRoot(), "docs", "scenarios.md")).SkipWhile(line => line != "## Parameters of a cell")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | ")).Where(row => row.Length == 4).ToList();
        Assert.Equal(CellParameters.All.Select(known => $"`{known.Name}`"), rows.Select(row => row[0]));
        foreach (var (known, row) in CellParameters.All.Zip(rows))
        {
            Assert.InRange(Si(row[2].Trim('`')), known.Low, known.High);
            var bounds = row[3].Split(" to ");
            Assert.Equal(2, bounds.Length);
            // The unit stands once, behind the second.
            var unit = known.Dimension is null ? "" : bounds[1][bounds[1].IndexOf(' ', StringComparison.Ordinal)..];
            // Three digits, rounded so that what is written is possible, but for the last bit of a factor.
            var bit = 1e-12 * Math.Max(Math.Abs(known.Low), known.High);
            Assert.InRange(Si(bounds[0] + unit), known.Low - bit, known.Low + (0.01 * Math.Abs(known.Low)) + bit);
            Assert.InRange(Si(bounds[1]), 0.99 * known.High, known.High + bit);

            double Si(string text) => known.Dimension is not { } dimension ? double.Parse(text, CultureInfo.InvariantCulture)
                : QuantityText.TryParse(text, dimension, out var si, out var error) ? si : throw new FormatException($"{known.Name}: {error}");
        }
    }
}

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
}

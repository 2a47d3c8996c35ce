using CycleRig.Core.Experiments;
using CycleRig.Core.Scenarios;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Scenarios;

/// <summary>What a file lets happen is told by its name in files, and by its size with a unit.</summary>
public sealed class HappeningTests
{
    private static readonly TimeSpan At = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Events => [.. ConditionEventFacts.All.Select(facts => facts.Name)];

    public static TheoryData<string> Upsets => [.. UpsetFacts.All.Select(facts => facts.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_told_at_its_chamber_or_press(string name)
    {
        var facts = ConditionEventFacts.All.First(known => known.Name == name);
        var device = new ConditionDescription("device-1", 0, 1, 0, [facts.Make(At, At, 0.5, 0)]);
        var told = Assert.Single(Happening.Of(new("rig", 1, [device], [], []), null));
        Assert.Equal((At, "device-1"), (told.At, told.Where));
        Assert.Equal(facts.HasSize, told.Text != name);
        Assert.StartsWith(facts.HasSize ? $"{name} " : name, told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Upsets))]
    public void An_upset_is_told_at_its_channel(string name)
    {
        var facts = UpsetFacts.Find(name)!;
        var channel = new ChannelDescription("ch-1", "out-1", "chamber-1", null, Plans.Instrument, Plans.Cell, null);
        var scripts = new Dictionary<string, CellScript> { ["ch-1"] = CellScript.Nothing with { Upsets = [new(facts.Kind, At, At, 1e-3)] } };
        var told = Assert.Single(Happening.Of(new("rig", 1, [], [], [channel]), scripts));
        Assert.Equal((At, "ch-1"), (told.At, told.Where));
        Assert.Equal(facts.HasSize, told.Text != name);
        Assert.StartsWith(facts.HasSize ? $"{name} " : name, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_have_units_and_what_begins_first_is_first()
    {
        var press = new ConditionDescription(
            "press-1", 0, 9, 5, [new Retorque(2 * At, At, 1.5), new PressLeak(At, At, 0.05), new CellCollapse(3 * At, 0, 0.5)]);
        Assert.Equal(["leak 5 %/min", "retorque 1.5 MPa", "collapse 50 % of cell 1"], Happening.Of(new("rig", 1, [], [press], []), null).Select(told => told.Text));
    }
}

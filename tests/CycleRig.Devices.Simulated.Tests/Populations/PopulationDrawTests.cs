using CycleRig.Core.Cells;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Populations;
using CycleRig.Devices.Simulated.Tests.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Populations;

public sealed class PopulationDrawTests
{
    private static readonly SweepLaw Sweep = new(7e6, 1, 6, 3, 0.5, new Fixed(60));

    [Fact]
    public void Shares_are_of_recordings_also_where_a_group_has_several_cells()
    {
        const int count = 4000;
        var groups = PopulationDraw.Groups(new("two", [Group("one", 3, 1), Group("four", 1, 4)]), count, 1);
        var four = groups.Where(group => group.Kind == "four").Sum(group => group.Recorded) / (double)count;
        // Five standard errors of a share of 1/4 that comes four at a time.
        Assert.Equal(0.25, four, 5 * Math.Sqrt(0.25 * 0.75 * 4 / count));
        Assert.Equal(count, groups.Sum(group => group.Recorded));
    }

    [Fact]
    public void More_recordings_change_none_before_them()
    {
        var population = new Population("two", [Group("one", 3, 1), Group("four", 1, 4)]);
        var (few, many) = (PopulationDraw.Groups(population, 10, 5), PopulationDraw.Groups(population, 50, 5));
        Assert.Equal(few.SkipLast(1).Select(Text), many.Take(few.Length - 1).Select(Text));
        Assert.NotEqual(Text(few[0]), Text(PopulationDraw.Groups(population, 10, 6)[0]));

        static string Text(DrawnGroup group) => $"{group.Kind} {string.Join(' ', group.Protocol.Steps)}";
    }

    [Fact]
    public void What_a_law_draws_beyond_its_bounds_is_cut_there()
    {
        var group = Group("one", 1, 1) with { Program = [new(-1, new Normal(1, 100) { Low = 0.5, High = 2 }, new Fixed(60), 1, [])] };
        var densities = PopulationDraw.Groups(new("one", [group]), 200, 1)
            .SelectMany(drawn => drawn.Protocol.Steps.OfType<Galvanostatic>()).Select(step => step.Density.AmperesPerSquareMetre).ToList();
        Assert.All(densities, density => Assert.InRange(density, -2, -0.5));
        Assert.Contains(-2, densities);
    }

    [Fact]
    public void A_rest_lasts_as_long_as_it_is_written_whatever_its_sweeps_take()
    {
        var group = Group("one", 1, 1) with { Program = [new(0, new Fixed(0), new Fixed(150), 1, []), new(0, new Fixed(0), new Fixed(30), 1, [])] };
        var steps = PopulationDraw.Groups(new("one", [group]), 1, 1)[0].Protocol.Steps;
        Assert.Equal(2, steps.OfType<GalvanostaticImpedance>().Count());
        // Two periods of 60 s less their sweeps, 30 s that are left, and a rest that is shorter than a period.
        Assert.Equal([30, 30], steps.OfType<Rest>().Select(rest => rest.Duration.TotalSeconds).Where(seconds => seconds % 1 == 0).TakeLast(2));
    }

    [Fact]
    public void Names_do_not_tell_the_kind() => Assert.All(
        PopulationDraw.Groups(new("secret", [Group("dendrite", 1, 2)]), 6, 1),
        group => Assert.DoesNotContain("dendrite", $"{group.Rig} {string.Join(' ', group.Rig.Channels.Select(channel => channel.Cell.Id))} {group.Protocol.Name}", StringComparison.Ordinal));

    private static PopulationGroup Group(string name, double share, int cells) => new(
        name, share, cells, TestCells.Record(Surface.Untreated), true, [], [new(-1, new Uniform(1, 5), new Uniform(60, 120), 1, [])], Sweep, [], [], [], []);
}

using System.Collections.Immutable;
using System.Text.Json;
using CycleRig.EarlyWarning.Detection;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>Three neighbours at rest, a sweep a minute of each, half a minute before the cell's own.</summary>
public sealed class ChamberModeTests
{
    private static readonly ImmutableArray<string> Three = ["a", "b", "c"];

    [Fact]
    public void A_warming_that_no_thermometer_shows_is_taken_from_the_neighbours()
    {
        var mode = After(60, _ => Three, minute => 0.01 * minute, _ => 30, _ => 30);
        Assert.InRange(mode.Kelvins, 0.5, 0.6);
        Assert.True(mode.IsKnown);
    }

    [Fact]
    public void The_neighbours_thermometers_show_what_the_cells_own_does_not()
    {
        // Its own is dead at 30 °C, theirs read another 0.2 °C more and go on.
        Assert.InRange(After(60, _ => Three, _ => 0, minute => 30.2 + (0.01 * minute), _ => 30).Kelvins, 0.5, 0.6);
        // Its own drifts away, theirs hold.
        Assert.InRange(After(60, _ => Three, _ => 0, _ => 30.2, minute => 30 + (0.01 * minute)).Kelvins, -0.6, -0.5);
    }

    [Fact]
    public void A_chamber_that_all_thermometers_show_is_no_common_mode() =>
        Assert.Equal(0, After(60, _ => Three, _ => 0, minute => 30.2 + (0.1 * minute), minute => 30 + (0.1 * (minute + 0.5))).Kelvins, 0.03);

    [Fact]
    public void Who_comes_or_goes_moves_nothing()
    {
        var whole = After(60, _ => Three, minute => 0.01 * minute, _ => 30, _ => 30);
        // A neighbour that begins its reference late says less by what had passed, and one that is gone says nothing.
        var late = After(60, minute => minute < 40 ? ["a", "b", "c"] : ["b", "c", "d"], minute => 0.01 * minute, _ => 30, _ => 30, minute => 0.01 * (minute - 40));
        Assert.Equal(whole.Kelvins, late.Kelvins, 0.03);
    }

    [Fact]
    public void With_nobody_left_it_stays_and_is_less_known()
    {
        var mode = After(60, _ => Three, minute => 0.01 * minute, _ => 30, _ => 30);
        // Said too long ago.
        var stale = ChamberMode.Next(mode, [.. mode.Members.Select(member => member.Said)], 5400, 30);
        Assert.Equal((mode.Kelvins, false, true), (stale.Kelvins, stale.IsKnown, stale.UnseenVariance > 0));
        Assert.Equal((0, 0), (ChamberMode.Next(ChamberMode.None, [], 60, 30).Kelvins, ChamberMode.Next(ChamberMode.None, [], 60, 30).UnseenVariance));
    }

    [Fact]
    public void It_is_small_and_survives_a_checkpoint()
    {
        ImmutableArray<string> many = [.. Enumerable.Range(0, 60).Select(i => $"channel-{i}")];
        var text = JsonSerializer.Serialize(After(10, _ => many, minute => 0.01 * minute, _ => 30, _ => 30));
        Assert.InRange(text.Length, 1, 16 * 1024);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<ChamberMode>(text)));
    }

    private static ChamberMode After(
        int minutes, Func<int, ImmutableArray<string>> present, Func<double, double> kelvins, Func<double, double> theirs, Func<double, double> own, Func<double, double>? ofD = null)
    {
        var mode = ChamberMode.None;
        for (var minute = 0; minute < minutes; minute++)
        {
            ImmutableArray<NeighbourTemperature> said =
            [
                .. present(minute).Select(name => new NeighbourTemperature(
                    name, 1, minute + 3, true, (minute * 60) - 30, theirs(minute), name == "d" ? ofD!(minute) : kelvins(minute), 0.02, 0, 1)),
            ];
            mode = ChamberMode.Next(mode, said, minute * 60, own(minute));
        }

        return mode;
    }
}

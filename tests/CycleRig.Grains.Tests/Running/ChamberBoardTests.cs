using CycleRig.Core.Experiments;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Files;
using CycleRig.Grains.Running;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Grains.Tests.Running;

public sealed class ChamberBoardTests
{
    private static readonly RigDescription Rig = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "demo-rig.yaml"));

    [Fact]
    public void A_channel_hears_those_of_its_own_chamber_and_not_itself()
    {
        // Seven channels of the demo are in chamber-1, the eighth is alone in chamber-2.
        var board = new ChamberBoard(Rig);
        Assert.True(board.IsShared("ch-1"));
        Assert.False(board.IsShared("ch-8"));
        Assert.Empty(board.HeardBy("ch-1", 0));
        Assert.True(board.HeardBy("ch-8", 0).IsDefault);
        foreach (var channel in (string[])["ch-1", "ch-2", "ch-8"])
            board.Post(channel, Said(channel, 100), 0);
        Assert.Equal("ch-2", Assert.Single(board.HeardBy("ch-1", 0)).Source);
        Assert.Equal(["ch-1", "ch-2"], board.HeardBy("ch-3", 0).Select(said => said.Source));
        board.Remove("ch-2");
        Assert.Empty(board.HeardBy("ch-1", 0));
    }

    [Fact]
    public void What_was_said_on_one_clock_is_heard_on_another()
    {
        // Clocks of two instruments that run 1,000 s and 20 s ahead of the rig's: what one measured at 1,100 s is 120 s for the other.
        var board = new ChamberBoard(Rig);
        board.Post("ch-1", Said("ch-1", 1100), 1000);
        Assert.Equal(120, Assert.Single(board.HeardBy("ch-2", 20)).TimeSeconds);
    }

    private static NeighbourTemperature Said(string source, double seconds) => new(source, 1, 5, true, seconds, 30, 0.1, 0.05, 0.1, 0.05);
}

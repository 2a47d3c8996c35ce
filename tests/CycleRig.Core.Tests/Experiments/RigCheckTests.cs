using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Experiments;

/// <summary>What a rig cannot do with a protocol beyond what a channel cannot.</summary>
public sealed class RigCheckTests
{
    [Theory]
    [InlineData(30, 5, null)]
    [InlineData(30, 2, "press-1 trips below 2.5 MPa; settle within its limits or write another trip_below")]
    [InlineData(30, 9.5, "press-1 trips above 9 MPa; settle within its limits or write another trip_above")]
    [InlineData(15, 5, "chamber-1 trips below 20 °C; settle within its limits or write another trip_below")]
    [InlineData(55, 5, "chamber-1 trips above 50 °C; settle within its limits or write another trip_above")]
    public void A_target_outside_the_limits_of_its_chamber_or_press_is_told_once_for_all_channels(double celsius, double megapascals, string? expected)
    {
        var settle = (Settle)Plans.Plating.Steps[0] with { Temperature = Temperature.FromCelsius(celsius), Pressure = Pressure.FromMegapascals(megapascals) };
        var protocol = new Protocol("p", [settle, new Loop("twice", 2, [settle with { Label = "again" }])], SafetyTerms.Default);
        var channel = new ChannelDescription("ch-1", "out-1", "chamber-1", "press-1", Plans.Instrument, Plans.Cell, null);
        var rig = new RigDescription(
            "rig", 1, [new("chamber-1", 20, 50, 25, [])], [new("press-1", 2.5, 9, 5, [])], [channel, channel with { Name = "ch-2", Output = "out-2" }]);
        var problems = RigCheck.Problems(rig, rig.Channels.ToDictionary(known => known.Name, _ => protocol)).ToList();
        Assert.Equal(expected is null ? 0 : 2, problems.Count);
        Assert.All(problems, problem => Assert.Equal((expected, $"{channel.Name}, ch-2"), (problem.What, problem.Channel)));
        Assert.All(problems.Zip([settle.Label, "again"]), pair => Assert.Equal(pair.Second, pair.First.Step));
    }
}

using CycleRig.EarlyWarning.Detection;
using CsCheck;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

public sealed class NeighbourVoteTests
{
    private const double Sd = 0.03;

    [Fact]
    public void Neighbours_that_agree_say_their_median() =>
        Gen.Double[-2, 2].Sample(kelvins => Assert.Equal(kelvins, NeighbourVote.Of([Rests(kelvins - 0.01), Rests(kelvins), Rests(kelvins + 0.01)]).Median, 1e-9));

    [Fact]
    public void No_single_neighbour_makes_the_chamber_warmer_or_cooler_than_the_others_say() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Int[2, 7], Gen.Bool).Sample((wrong, others, rests) =>
        {
            var vote = NeighbourVote.Of([rests ? Rests(wrong) : Plates(wrong), .. Enumerable.Range(0, others).Select(_ => Plates(0))]);
            Assert.InRange(vote.Follow(0), -2 * Sd, 2 * Sd);
        });

    [Fact]
    public void Metal_in_two_of_three_cells_warms_nobody() =>
        Gen.Double[0.1, 5].Sample(kelvins => Assert.InRange(NeighbourVote.Of([Plates(kelvins), Plates(kelvins), Plates(0)]).Follow(0), 0, 2 * Sd));

    [Fact]
    public void A_cell_at_rest_denies_what_all_cells_under_current_show() =>
        Gen.Double[0.2, 5].Sample(kelvins =>
            Assert.InRange(NeighbourVote.Of([.. Enumerable.Repeat(Plates(kelvins), 6), Rests(0)]).Follow(0), 0, 3 * Sd));

    [Fact]
    public void A_warming_that_only_cells_under_current_show_counts_where_their_interfaces_show_it_too() =>
        Gen.Double[0.5, 5].Sample(kelvins =>
        {
            Assert.InRange(NeighbourVote.Of([Plates(kelvins), Plates(kelvins), Plates(kelvins)]).Follow(0), 0, 0.07);
            Assert.InRange(NeighbourVote.Of([Plates(kelvins), Plates(kelvins), Plates(kelvins)]).Confirms(0) ? 1 : 0, 0, 0);
            Assert.Equal(kelvins, NeighbourVote.Of([Warms(kelvins), Warms(kelvins), Warms(kelvins)]).Follow(0), Sd);
            // Contact that improves takes far more of R_int.
            Assert.InRange(NeighbourVote.Of([.. Enumerable.Repeat(Warms(kelvins) with { Said = Warms(3 * kelvins).Said with { Kelvins = kelvins } }, 3)]).Follow(0), 0, 0.07);
        });

    private static ChamberModeMember Rests(double kelvins) => Member(kelvins, 0, 1, isResting: true);

    private static ChamberModeMember Plates(double kelvins) => Member(kelvins, 0, 0.15, isResting: false);

    private static ChamberModeMember Warms(double kelvins) => Member(kelvins, kelvins, 0.15, isResting: false);

    private static ChamberModeMember Member(double kelvins, double interfaceKelvins, double interfaceSd, bool isResting) =>
        new(new("cell", 1, 10, isResting, 0, 30, kelvins, Sd - 0.01, interfaceKelvins, interfaceSd), 0, 0, kelvins);
}

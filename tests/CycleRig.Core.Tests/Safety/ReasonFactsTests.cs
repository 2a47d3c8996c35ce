using CycleRig.Core.Safety;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

public sealed class ReasonFactsTests
{
    [Fact]
    public void Every_reason_has_a_text_that_reads_back_and_a_remedy()
    {
        foreach (var reason in Enum.GetValues<Reason>())
        {
            var facts = ReasonFacts.Of(reason);
            Assert.Matches("^[a-z_]+$", facts.Text);
            Assert.Equal(reason, ReasonFacts.Parse(facts.Text));
            Assert.False(string.IsNullOrWhiteSpace(facts.Remedy));
        }
    }

    [Fact]
    public void Texts_are_those_that_others_rely_on() =>
        Assert.Equal(["completed", "dendrite_onset", "limit_voltage", "blind", "lease_lost", "trip_chamber"],
            new[] { Reason.Completed, Reason.DendriteOnset, Reason.LimitVoltage, Reason.Blind, Reason.LeaseLost, Reason.TripChamber }.Select(r => ReasonFacts.Of(r).Text));
}

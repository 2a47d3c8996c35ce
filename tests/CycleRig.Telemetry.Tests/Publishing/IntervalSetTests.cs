using CsCheck;
using CycleRig.Telemetry.Publishing;
using Xunit;

namespace CycleRig.Telemetry.Tests.Publishing;

/// <summary>The set against a plain set of numbers.</summary>
public sealed class IntervalSetTests
{
    private const int Max = 40;

    private static readonly Gen<(bool Adds, int After, int To)> Act = Gen.Select(Gen.Bool, Gen.Int[0, Max], Gen.Int[0, Max]);

    [Fact]
    public void It_holds_what_was_added_and_not_taken_out() => Act.List[0, 30].Sample(acts =>
    {
        var (set, model) = Both(acts);
        var held = Enumerable.Range(1, Max).Where(number => set.Covers(number - 1, number)).Select(number => (long)number);
        Assert.Equal(model.Order(), held);
        Assert.Equal(model.Count == 0 ? 0 : model.Max(), set.Highest);
        for (var i = 1; i < set.Parts.Count; i++)
            Assert.True(set.Parts[i - 1].To < set.Parts[i].After, "neighbours touch");
    });

    [Fact]
    public void Holes_are_what_is_missing() => Gen.Select(Act.List[0, 30], Gen.Int[0, Max], Gen.Int[0, Max]).Sample((acts, after, to) =>
    {
        var (set, model) = Both(acts);
        var holes = set.Holes(after, to).SelectMany(hole => Numbers(hole.After, hole.To));
        Assert.Equal(Numbers(after, to).Where(number => !model.Contains(number)), holes);
        Assert.Equal(Numbers(after, to).All(model.Contains), set.Covers(after, to));
    });

    [Fact]
    public void It_goes_without_a_hole_up_to_the_first_that_is_missing() => Gen.Select(Act.List[0, 30], Gen.Int[0, Max]).Sample((acts, from) =>
    {
        var (set, model) = Both(acts);
        var end = (long)from;
        while (model.Contains(end + 1))
            end++;
        Assert.Equal(end, set.EndFrom(from));
    });

    private static (IntervalSet Set, HashSet<long> Model) Both(List<(bool Adds, int After, int To)> acts)
    {
        var (set, model) = (new IntervalSet(), new HashSet<long>());
        foreach (var (adds, after, to) in acts)
        {
            if (adds)
                set.Add(after, to);
            else
                set.Remove(after, to);
            foreach (var number in Numbers(after, to))
            {
                if (adds)
                    model.Add(number);
                else
                    model.Remove(number);
            }
        }

        return (set, model);
    }

    private static IEnumerable<long> Numbers(long after, long to)
    {
        for (var number = after + 1; number <= to; number++)
            yield return number;
    }
}

using System.Collections.Immutable;

namespace CycleRig.EarlyWarning.Scoring;

/// <summary>Detectors side by side: over all recordings, then by class, by current density and by diameter of the electrode.</summary>
public static class ScoreTable
{
    private const double LowDensity = 0.6;
    private const double HighDensity = 1.2;
    private const double WideMillimetres = 4;

    /// <summary>A recording with the score of each detector, in the order of their names.</summary>
    public readonly record struct Row(ScoredRecording Recording, ImmutableArray<RecordingScore> Scores);

    /// <summary>Recordings that are alike in one respect.</summary>
    /// <param name="By">all, class, current_density or diameter.</param>
    /// <param name="Name">What they share.</param>
    /// <param name="Recordings">How many.</param>
    /// <param name="Hours">Recorded hours with current before any danger.</param>
    /// <param name="Foreseeable">Shorts that could be foreseen.</param>
    /// <param name="Sudden">Those that could not.</param>
    /// <param name="Detectors">What each detector made of them.</param>
    public sealed record Group(string By, string Name, int Recordings, double Hours, int Foreseeable, int Sudden, ImmutableArray<ScoreSummary> Detectors);

    /// <summary>Makes the table.</summary>
    /// <param name="rows">The recordings.</param>
    /// <param name="detectors">Names of the detectors.</param>
    public static IReadOnlyList<Group> Of(IReadOnlyList<Row> rows, ImmutableArray<string> detectors)
    {
        return
        [
            Sum("all", "all", rows),
            .. By("class", rows.OrderBy(row => row.Recording.Class, StringComparer.Ordinal), row => row.Recording.Class),
            .. By("current_density", rows.OrderBy(row => row.Recording.MilliamperesPerSquareCentimetre), row => Density(row.Recording.MilliamperesPerSquareCentimetre)),
            .. By("diameter", rows.OrderBy(row => row.Recording.DiameterMillimetres), row => Diameter(row.Recording.DiameterMillimetres)),
        ];

        // Groups come in the order of their first row.
        IEnumerable<Group> By(string what, IEnumerable<Row> ordered, Func<Row, string> name) =>
            ordered.GroupBy(name).Select(group => Sum(what, group.Key, [.. group]));

        Group Sum(string by, string name, IReadOnlyCollection<Row> some) => new(
            by, name, some.Count, some.Sum(row => row.Recording.Hours), some.Count(row => row.Recording.IsForeseeable), some.Count(row => row.Recording.IsSudden),
            [.. detectors.Select((detector, i) => ScoreSummary.Of(detector, [.. some.Select(row => (row.Recording, row.Scores[i]))]))]);
    }

    /// <summary>Name of the group of a diameter, mm.</summary>
    public static string Diameter(double millimetres) => millimetres < WideMillimetres ? "< 4 mm" : ">= 4 mm";

    /// <summary>Name of the group of a current density, mA/cm².</summary>
    public static string Density(double milliamperesPerSquareCentimetre) => milliamperesPerSquareCentimetre switch
    {
        < LowDensity => "< 0.6 mA/cm²",
        > HighDensity => "> 1.2 mA/cm²",
        _ => "0.6-1.2 mA/cm²",
    };
}

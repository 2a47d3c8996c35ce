using CycleRig.Reports.Protocols;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>What the tests of the analyses share.</summary>
internal static class Reported
{
    public static ProtocolReport Analyse(string protocol, params Recording[] recordings) => ProtocolCatalogue.Of(protocol).Analyse(recordings);

    public static ReportRow Row(this ProtocolReport report, string begin) =>
        report.Rows.FirstOrDefault(row => row.Name.StartsWith(begin, StringComparison.Ordinal))
        ?? throw new Xunit.Sdk.XunitException($"no row `{begin}` in: {string.Join(" | ", report.Rows.Select(row => row.Name))}");

    /// <summary>One clear line.</summary>
    public static string Refusal(string protocol, params Recording[] recordings)
    {
        var message = Assert.Throws<ReportException>(() => Analyse(protocol, recordings)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    /// <summary>Of 100 seeds, how often an interval held what went in.</summary>
    public static int Held(Func<int, (ReportRow Row, double Truth)> ofSeed)
    {
        var held = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var (row, truth) = ofSeed(seed);
            held += row.Low <= truth && truth <= (row.High ?? double.PositiveInfinity) ? 1 : 0;
        }

        return held;
    }

    /// <summary>Draws the figure where CYCLERIG_PLOTS names a folder for somebody to look at, else to nowhere; a figure is a PNG.</summary>
    public static void AssertDraws(this ProtocolReport report, string? name = null)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Environment.GetEnvironmentVariable("CYCLERIG_PLOTS") ?? folder.Path, $"{name ?? report.Protocol}.png");
        CycleRig.Reports.Plots.ReportPlot.Save(report.Title, report.Charts, path);
        var bytes = File.ReadAllBytes(path);
        Assert.True(bytes.Length > 5000 && bytes.AsSpan(1, 3).SequenceEqual("PNG"u8));
    }
}

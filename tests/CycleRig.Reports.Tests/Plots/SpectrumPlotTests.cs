using System.Xml.Linq;
using CycleRig.Reports.Fits;
using CycleRig.Reports.Plots;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Plots;

/// <summary>One figure as PNG and SVG, whatever was asked for.</summary>
public sealed class SpectrumPlotTests
{
    private static readonly string[] Always = ["Re Z / kΩ", "−Im Z / kΩ", "|Z| / Ω", "phase of Z / °", "frequency / Hz"];

    [Fact]
    public void Axes_of_all_panels_carry_their_units_in_both_files()
    {
        using var folder = new TemporaryFolder();
        var full = Analysed.Garnet(Analysed.TwoArcs with { Check = true, Relaxation = true, Range = FrequencyRange.Parse("1Hz..") });
        Assert.Equal([], Missing(full, [.. Always, "left out", "(data − fit) / |Z| in %", "(data − KK) / |Z| in %", "time constant τ / s", "γ(ln τ) / Ω"]));
        Assert.Equal([], Missing(Analysed.Garnet(Analysed.TwoArcs with { Drift = true }, drift: -0.1), [.. Always, "(data − fit) / |Z| in %"]));
        Assert.Equal([], Missing(Analysed.Garnet(new() { Check = true }), [.. Always, "(data − KK) / |Z| in %"]));
        Assert.Equal([], Missing(Analysed.Garnet(new() { Relaxation = true }), [.. Always, "γ(ln τ) / Ω"]));

        List<string> Missing(SpectrumAnalysis analysis, string[] expected)
        {
            var path = Path.Combine(folder.Path, "a");
            SpectrumPlot.Save(analysis, path);
            Assert.Equal("PNG"u8, File.ReadAllBytes($"{path}.png").AsSpan(1, 3));
            var texts = Texts($"{path}.svg");
            return [.. expected.Where(text => !texts.Contains(text))];
        }
    }

    [Fact]
    public void The_same_analysis_gives_the_same_bytes_and_parallel_drawing_does_no_harm()
    {
        using var folder = new TemporaryFolder();
        var analysis = Analysed.Garnet(Analysed.TwoArcs);
        Parallel.For(0, 6, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, i => SpectrumPlot.Save(analysis, Path.Combine(folder.Path, $"{i}")));
        foreach (var extension in (string[])["png", "svg"])
            Assert.Single(Directory.GetFiles(folder.Path, $"*.{extension}").Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Distinct());
    }

    [Fact]
    public void A_series_has_a_panel_for_each_resistance()
    {
        using var folder = new TemporaryFolder();
        NamedSpectrum[] spectra = [.. Enumerable.Range(0, 3).Select(i => Analysed.Spectrum(GarnetSweep.Csv(i, beginSeconds: 600 * i), $"s{i}"))];
        var path = Path.Combine(folder.Path, "series");
        SeriesPlot.Save(SpectrumAnalyst.AnalyseSeries(spectra, Analysed.TwoArcs, cancellation: TestContext.Current.CancellationToken), path);
        var texts = Texts($"{path}.svg");
        Assert.All((string[])["R0 / Ω", "R1 / Ω", "R2 / Ω", "time / h"], text => Assert.Contains(text, texts));
        Assert.Equal("PNG"u8, File.ReadAllBytes($"{path}.png").AsSpan(1, 3));
    }

    /// <summary>The document is well-formed, or loading it throws.</summary>
    private static HashSet<string> Texts(string path) =>
        [.. XDocument.Load(path).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}

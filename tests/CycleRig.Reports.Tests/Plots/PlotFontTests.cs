using CycleRig.Reports.Plots;
using ScottPlot;
using SkiaSharp;
using Xunit;

namespace CycleRig.Reports.Tests.Plots;

/// <summary>Text in plots comes from the font in the assembly, whatever the machine has.</summary>
public sealed class PlotFontTests
{
    [Fact]
    public void The_typeface_is_the_one_in_the_assembly()
    {
        using var plot = new Plot();
        PlotFont.Use(plot);
        var used = ScottPlot.Fonts.GetTypeface(plot.Axes.Bottom.Label.FontName, bold: false, italic: false);
        Assert.Equal("DejaVu Sans", used.FamilyName);
        Assert.Equal(Embedded(), Bytes(used));
        // No font of the system answers to that name: without the assembly there would be none.
        Assert.DoesNotContain(PlotFont.Name, SKFontManager.Default.FontFamilies);
    }

    [Fact]
    public void Titles_axes_legends_marks_and_colour_bars_have_it()
    {
        using var plot = new Plot();
        PlotFont.Use(plot);
        string[] names = [plot.Axes.Title.Label.FontName, plot.Axes.Left.Label.FontName, plot.Axes.Left.TickLabelStyle.FontName, plot.Add.Text("Ω", 0, 0).LabelFontName, ScottPlot.Fonts.Default];
        Assert.All(names, name => Assert.Equal(PlotFont.Name, name));
        Assert.Equal(Embedded(), Bytes(ScottPlot.Fonts.GetTypeface(PlotFont.Name, bold: true, italic: false)));
    }

    [Theory]
    [InlineData("Re Z / Ω cm²")]
    [InlineData("−Im Z / kΩ 10 °C µF")]
    public void It_has_every_letter_that_plots_use(string text)
    {
        using var font = new SKFont(PlotFont.Typeface);
        Assert.True(font.ContainsGlyphs(text));
    }

    private static byte[] Embedded()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Bytes(SKTypeface typeface)
    {
        using var stream = typeface.OpenStream();
        var bytes = new byte[stream.Length];
        Assert.Equal(bytes.Length, stream.Read(bytes, bytes.Length));
        return bytes;
    }
}

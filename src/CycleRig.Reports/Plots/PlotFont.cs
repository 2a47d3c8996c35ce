using ScottPlot;
using SkiaSharp;

namespace CycleRig.Reports.Plots;

/// <summary>
/// The one typeface of all plots, from this assembly: the same bytes on every machine, also where no fonts are installed. Its name is
/// no system font's, so that nothing else can answer to it.
/// </summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Name by which ScottPlot finds it.</summary>
    public const string Name = "CycleRig DejaVu Sans";

    private const string Resource = "DejaVuSans.ttf";

    private static readonly Lazy<SKTypeface> Embedded = new(Register);

    private PlotFont()
    {
    }

    /// <summary>The typeface. The first call makes it the default of all plots of the process.</summary>
    public static SKTypeface Typeface => Embedded.Value;

    /// <summary>Sets every text that a plot has so far in this typeface; texts made afterwards take it as the default.</summary>
    public static void Use(Plot plot)
    {
        _ = Typeface;
        plot.Font.Set(Name);
    }

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? Typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static SKTypeface Register()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly; build the project again.");
        var typeface = SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"{Resource} in the assembly is no font; build the project again.");
        ScottPlot.Fonts.FontResolvers.Insert(0, new PlotFont());
        ScottPlot.Fonts.Default = Name;
        return typeface;
    }
}

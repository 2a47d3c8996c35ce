using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;

namespace CycleRig.Reports.Plots;

/// <summary>A figure of several plots as PNG and as SVG with the same content.</summary>
internal static class PlotFile
{
    /// <summary>The family's name in SVG; viewers without it take the next. Every letter has its own place, so that nothing moves.</summary>
    private const string Family = "font-family=\"DejaVu Sans\"";

    private const string Families = "font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\"";

    private static readonly Regex Clip = new(@"\bcl_[0-9a-f]+\b", RegexOptions.CultureInvariant);

    /// <summary>Writes both.</summary>
    /// <param name="figure">The plots.</param>
    /// <param name="path">Without extension.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static void Save(Multiplot figure, string path, int width, int height)
    {
        figure.SavePng($"{path}.png", width, height);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
        {
            canvas.Clear(SKColors.White);
            figure.Render(canvas, new PixelRect(0, width, height, 0));
        }

        var svg = Encoding.UTF8.GetString(stream.ToArray());
        File.WriteAllText($"{path}.svg", Renumbered(svg.Replace(Family, Families, StringComparison.Ordinal)));
    }

    /// <summary>Clips are numbered through the whole process; by their place in the file the same figure gives the same bytes.</summary>
    private static string Renumbered(string svg)
    {
        var places = new Dictionary<string, int>();
        return Clip.Replace(svg, found => $"clip{(places.TryGetValue(found.Value, out var place) ? place : places[found.Value] = places.Count)}");
    }
}

using System.Xml.Linq;
using CycleRig.Reports.Plots;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Plots;

public sealed class FieldPlotTests
{
    [Fact]
    public void Axes_and_colour_bar_say_what_they_show_in_both_files_and_both_axes_have_one_scale()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "field");
        FieldPlot.Save(Hemisphere(), path);
        Assert.Equal("PNG"u8, File.ReadAllBytes($"{path}.png").AsSpan(1, 3));
        HashSet<string> texts = [.. XDocument.Load($"{path}.svg").Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
        Assert.All(
            (string[])["distance from the crack's axis / µm", "height / µm", "current density / its mean", "≤ 0.1", "1", "2"],
            text => Assert.Contains(text, texts));
        Assert.Contains(texts, text => text.StartsWith("equipotentials, every ", StringComparison.Ordinal));
    }

    /// <summary>Closed form of a hemisphere of 10 µm on a plane: φ = z (1 - 1/ρ³).</summary>
    private static FieldPicture Hemisphere()
    {
        const int Rows = 41, Columns = 61;
        var (densities, potentials) = (new double[Rows, Columns], new double[Rows, Columns]);
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
            {
                var (x, z) = ((column - 30) / 10.0, row / 20.0);
                var distance = Math.Sqrt((x * x) + (z * z));
                var cube = distance * distance * distance;
                potentials[row, column] = distance <= 1 ? 0 : z * (1 - (1 / cube)) / 100;
                var (across, along) = (3 * x * z / (cube * distance * distance), 1 - (1 / cube) + (3 * z * z / (cube * distance * distance)));
                densities[row, column] = distance < 1 ? double.NaN : Math.Sqrt((across * across) + (along * along));
            }

        return new(30, 20, densities, potentials, 10, 10, 1000);
    }
}

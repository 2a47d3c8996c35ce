using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using CycleRig.Impedance.Circuits;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

public sealed class CircuitDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Each_name_stands_once_and_each_value_below_its_element() => AnyCircuit.Node.Sample(
        node =>
        {
            var names = Names(node).ToList();
            var drawn = XDocument.Parse(CircuitDrawing.ToSvg(node, names.ToDictionary(name => name, name => $"<{name}> & Ω")));
            Assert.Equal(names.Order(), Texts(drawn, "name").Order());
            Assert.Equal(names.Select(name => $"<{name}> & Ω").Order(), Texts(drawn, "value").Order());
        }, iter: 200);

    [Fact]
    public void Nothing_overlaps_and_all_lies_inside() => AnyCircuit.Node.Sample(
        node =>
        {
            var layout = CircuitLayout.Of(node, Names(node).ToDictionary(name => name, name => $"{name} with a rather long value"));
            List<CircuitLayout.Box> boxes = [.. layout.Elements.SelectMany(element => new[] { element.Box, element.Name.Box, element.Value!.Box })];
            for (var i = 0; i < boxes.Count; i++)
            {
                Assert.True(boxes[i] is { Left: >= 0, Top: >= 0 } && boxes[i].Right <= layout.Width && boxes[i].Bottom <= layout.Height, $"{boxes[i]} lies outside");
                for (var j = 0; j < i; j++)
                    Assert.False(boxes[i].Overlaps(boxes[j]), $"{boxes[i]} and {boxes[j]}");
                foreach (var wire in layout.Wires)
                    Assert.False(boxes[i].Overlaps(Around(wire)), $"{boxes[i]} is crossed by {wire}");
            }
        }, iter: 100);

    /// <summary>Every end of a wire or symbol meets another one, a node or a terminal: nothing hangs loose.</summary>
    [Fact]
    public void Wires_meet() => AnyCircuit.Node.Sample(
        node =>
        {
            var layout = CircuitLayout.Of(node, new Dictionary<string, string>());
            List<(double X, double Y)> ends =
            [
                .. layout.Wires.Where(wire => wire.X1 != wire.X2 || wire.Y1 != wire.Y2).SelectMany(wire => new[] { (wire.X1, wire.Y1), (wire.X2, wire.Y2) }),
                .. layout.Elements.SelectMany(element => new[] { (element.X, element.Y), (element.X + CircuitLayout.SymbolWidth, element.Y) }),
                .. layout.Terminals,
            ];
            Assert.All(ends, end => Assert.True(
                ends.Count(other => Near(end, other)) > 1 || layout.Wires.Any(wire => Inside(end, wire)), $"a loose end at {end}"));
        }, iter: 200);

    [Fact]
    public void The_same_circuit_gives_the_same_bytes_in_every_culture()
    {
        var first = CircuitDrawing.ToSvg(Circuit.Parse("R0-p(R1,CPE1)-L1"));
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new() { NumberDecimalSeparator = "," } };
            Assert.Equal(first, CircuitDrawing.ToSvg(Circuit.Parse("R0-p(R1,CPE1)-L1")));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void It_stands_by_itself_and_is_as_large_as_its_content()
    {
        var root = XDocument.Parse(CircuitDrawing.ToSvg(Circuit.Parse("R0"))).Root!;
        Assert.Equal("0 0 112 65", root.Attribute("viewBox")!.Value);
        Assert.Equal("R0", root.Element(Svg + "title")!.Value);
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" or "style");
    }

    [Fact]
    public void What_has_no_drawn_symbol_is_a_box_with_its_symbol() =>
        Assert.Equal(["W", "Wo", "Zarc"], Texts(XDocument.Parse(CircuitDrawing.ToSvg(Circuit.Parse("R0-C1-CPE2-L3-W4-Wo5-Zarc6"))), "symbol"));

    /// <summary>A value may come from a file: what XML cannot hold is left out.</summary>
    [Fact]
    public void A_value_that_XML_cannot_hold_does_not_break_the_drawing() =>
        Assert.Equal(["3.8 kΩ"], Texts(XDocument.Parse(CircuitDrawing.ToSvg(Circuit.Parse("R0"), new Dictionary<string, string> { ["R0"] = "3.8\u0001 kΩ\u0000" })), "value"));

    private static IEnumerable<string> Texts(XDocument drawn, string role) =>
        drawn.Descendants(Svg + "text").Where(text => text.Attribute("class")!.Value == role).Select(text => text.Value);

    private static IEnumerable<string> Names(CircuitNode node) => node switch
    {
        ElementNode element => [element.Name],
        SeriesNode series => series.Parts.SelectMany(Names),
        _ => ((ParallelNode)node).Parts.SelectMany(Names),
    };

    private static CircuitLayout.Box Around(CircuitLayout.Wire wire) => new(
        Math.Min(wire.X1, wire.X2), Math.Min(wire.Y1, wire.Y2), Math.Max(wire.X1, wire.X2), Math.Max(wire.Y1, wire.Y2));

    private static bool Near((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) < 1e-6;

    private static bool Inside((double X, double Y) end, CircuitLayout.Wire wire) =>
        wire.X1 == wire.X2 && Math.Abs(end.X - wire.X1) < 1e-6 && end.Y > wire.Y1 + 1e-6 && end.Y < wire.Y2 - 1e-6;
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace CycleRig.Impedance.Circuits;

/// <summary>Draws a circuit as SVG 1.1: text stays text, nothing is loaded from elsewhere, and the same circuit gives the same bytes.</summary>
public static class CircuitDrawing
{
    private const double NodeRadius = 2.6;
    private const double TerminalRadius = 3.2;
    private const double StrokeWidth = 1.5;

    /// <summary>Share of a font's size from the baseline to the middle of its capitals.</summary>
    private const double HalfCapital = 0.36;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws it, black on nothing.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="values">Text below an element by its name, such as `R1`: `3.82 kΩ`. Names that the circuit does not have are passed over.</param>
    /// <returns>The document, of which the view box is the size.</returns>
    public static string ToSvg(Circuit circuit, IReadOnlyDictionary<string, string>? values = null) => ToSvg(circuit.Root, values);

    internal static string ToSvg(CircuitNode node, IReadOnlyDictionary<string, string>? values = null)
    {
        var layout = CircuitLayout.Of(node, values ?? FrozenDictionary<string, string>.Empty);
        var wires = layout.Wires.Where(wire => wire.X1 != wire.X2 || wire.Y1 != wire.Y2)
            .Aggregate(new StringBuilder(), (path, wire) => path.Append(CultureInfo.InvariantCulture, $"M{wire.X1:0.##},{wire.Y1:0.##} L{wire.X2:0.##},{wire.Y2:0.##} "));
        var root = new XElement(Svg + "svg",
            new XAttribute("width", Number(layout.Width)), new XAttribute("height", Number(layout.Height)),
            new XAttribute("viewBox", $"0 0 {Number(layout.Width)} {Number(layout.Height)}"), new XAttribute("role", "img"),
            new XElement(Svg + "title", CircuitWriter.Dashed(node)),
            new XElement(Svg + "g",
                new XAttribute("fill", "none"), new XAttribute("stroke", "black"), new XAttribute("stroke-width", Number(StrokeWidth)),
                new XAttribute("stroke-linecap", "round"), new XAttribute("stroke-linejoin", "round"),
                new XElement(Svg + "path", new XAttribute("class", "wires"), new XAttribute("d", wires.ToString().TrimEnd())),
                layout.Elements.Select(element => new XElement(Svg + "path",
                    new XAttribute("class", "element"), new XAttribute("d", CircuitSymbol.Path(element.Symbol, element.X, element.Y)))),
                layout.Terminals.Select(at => Circle(at, TerminalRadius, new XAttribute("fill", "white")))),
            new XElement(Svg + "g", new XAttribute("fill", "black"), layout.Nodes.Select(at => Circle(at, NodeRadius))),
            new XElement(Svg + "g",
                new XAttribute("fill", "black"), new XAttribute("text-anchor", "middle"), new XAttribute("font-family", "DejaVu Sans, Arial, Helvetica, sans-serif"),
                layout.Elements.SelectMany(Texts)));
        return root + "\n";
    }

    private static IEnumerable<XElement> Texts(CircuitLayout.PlacedElement element)
    {
        yield return Text("name", element.Name.Text, element.Name.X, element.Name.Baseline, element.Name.Size);
        if (CircuitSymbol.IsBox(element.Symbol))
            yield return Text("symbol", element.Symbol, element.X + (CircuitLayout.SymbolWidth / 2), element.Y + (HalfCapital * CircuitLayout.ValueSize), CircuitLayout.ValueSize);
        if (element.Value is { } value)
            yield return Text("value", value.Text, value.X, value.Baseline, value.Size);
    }

    private static XElement Text(string role, string text, double x, double y, double size) => new(Svg + "text",
        new XAttribute("class", role), new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("font-size", Number(size)), text);

    private static XElement Circle((double X, double Y) at, double radius, XAttribute? fill = null) => new(Svg + "circle",
        new XAttribute("cx", Number(at.X)), new XAttribute("cy", Number(at.Y)), new XAttribute("r", Number(radius)), fill);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

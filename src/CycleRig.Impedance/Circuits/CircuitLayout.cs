using System.Collections.Immutable;
using System.Diagnostics;
using System.Xml;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// Where the elements of a circuit stand when it is drawn: series from left to right, parallels one above the other between two nodes, the
/// wire through the middle. Lengths in SVG units, y downwards.
/// </summary>
internal sealed class CircuitLayout
{
    /// <summary>Width of a symbol with its own ends of wire.</summary>
    public const double SymbolWidth = 48;

    /// <summary>Half of the height that a symbol takes.</summary>
    public const double SymbolHalf = 12;

    public const double NameSize = 13;
    public const double ValueSize = 11;

    /// <summary>Free wire at both ends of a symbol, of a parallel and of the drawing.</summary>
    private const double Lead = 10;

    /// <summary>Between the branches of a parallel.</summary>
    private const double BranchGap = 14;

    /// <summary>Between a symbol and its text.</summary>
    private const double TextGap = 4;

    private const double Margin = 12;

    /// <summary>Widest common letter of a sans-serif font (m) is 0.97 of its size, a mean one 0.55: names are mostly capitals and digits.</summary>
    private const double LetterWidth = 0.7;

    private readonly ImmutableArray<PlacedElement>.Builder _elements = ImmutableArray.CreateBuilder<PlacedElement>();
    private readonly ImmutableArray<Wire>.Builder _wires = ImmutableArray.CreateBuilder<Wire>();
    private readonly ImmutableArray<(double X, double Y)>.Builder _nodes = ImmutableArray.CreateBuilder<(double, double)>();
    private readonly IReadOnlyDictionary<string, string> _values;

    private CircuitLayout(CircuitNode root, IReadOnlyDictionary<string, string> values)
    {
        _values = values;
        var size = Measure(root);
        (Width, Height) = (size.Width + (2 * (Lead + Margin)), size.Above + size.Below + (2 * Margin));
        var axis = Margin + size.Above;
        _wires.Add(new(Margin, axis, Margin + Lead, axis));
        Place(root, Margin + Lead, axis);
        _wires.Add(new(Width - Margin - Lead, axis, Width - Margin, axis));
        Terminals = [(Margin, axis), (Width - Margin, axis)];
    }

    public double Width { get; }

    public double Height { get; }

    public ImmutableArray<PlacedElement> Elements => _elements.ToImmutable();

    public ImmutableArray<Wire> Wires => _wires.ToImmutable();

    /// <summary>Where branches meet.</summary>
    public ImmutableArray<(double X, double Y)> Nodes => _nodes.ToImmutable();

    /// <summary>Both ends of the circuit.</summary>
    public ImmutableArray<(double X, double Y)> Terminals { get; }

    /// <summary>Lays a circuit out.</summary>
    /// <param name="root">The circuit.</param>
    /// <param name="values">Text below an element, by its name.</param>
    public static CircuitLayout Of(CircuitNode root, IReadOnlyDictionary<string, string> values) => new(root, values);

    private Extent Measure(CircuitNode node)
    {
        switch (node)
        {
            case ElementNode element:
                var value = Value(element);
                var text = Math.Max(TextWidth(element.Name, NameSize), TextWidth(value, ValueSize));
                return new(
                    Math.Max(SymbolWidth + (2 * Lead), text + (2 * TextGap)), SymbolHalf + TextGap + NameSize,
                    SymbolHalf + (value.Length > 0 ? TextGap + ValueSize : 0));
            case SeriesNode series:
                var parts = series.Parts.Select(Measure).ToList();
                return new(parts.Sum(part => part.Width), parts.Max(part => part.Above), parts.Max(part => part.Below));
            case ParallelNode parallel:
                var branches = parallel.Parts.Select(Measure).ToList();
                var middle = Axes(branches)[^1] / 2;
                return new(branches.Max(branch => branch.Width) + (4 * Lead), branches[0].Above + middle, branches[^1].Below + middle);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Axis of each branch below that of the first.</summary>
    private static List<double> Axes(List<Extent> branches)
    {
        List<double> axes = [0];
        for (var i = 1; i < branches.Count; i++)
            axes.Add(axes[^1] + branches[i - 1].Below + BranchGap + branches[i].Above);
        return axes;
    }

    /// <summary>Draws a part from an x on along an axis.</summary>
    private void Place(CircuitNode node, double x, double axis)
    {
        switch (node)
        {
            case ElementNode element:
                PlaceElement(element, x, axis);
                break;
            case SeriesNode series:
                foreach (var part in series.Parts)
                {
                    Place(part, x, axis);
                    x += Measure(part).Width;
                }

                break;
            case ParallelNode parallel:
                PlaceParallel(parallel, x, axis);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void PlaceElement(ElementNode element, double x, double axis)
    {
        var size = Measure(element);
        var (start, end, centre) = (x + ((size.Width - SymbolWidth) / 2), x + ((size.Width + SymbolWidth) / 2), x + (size.Width / 2));
        _wires.Add(new(x, axis, start, axis));
        _wires.Add(new(end, axis, x + size.Width, axis));
        var value = Value(element);
        _elements.Add(new(
            element.Kind.Symbol, start, axis,
            Label.Centred(element.Name, centre, axis - SymbolHalf - TextGap, TextWidth(element.Name, NameSize), NameSize),
            value.Length > 0 ? Label.Centred(value, centre, axis + SymbolHalf + TextGap + ValueSize, TextWidth(value, ValueSize), ValueSize) : null));
    }

    private void PlaceParallel(ParallelNode parallel, double x, double axis)
    {
        var branches = parallel.Parts.Select(Measure).ToList();
        var axes = Axes(branches);
        var top = axis - (axes[^1] / 2);
        var inner = branches.Max(branch => branch.Width) + (2 * Lead);
        var (left, right) = (x + Lead, x + Lead + inner);
        _wires.Add(new(x, axis, left, axis));
        _wires.Add(new(right, axis, right + Lead, axis));
        _wires.Add(new(left, top, left, top + axes[^1]));
        _wires.Add(new(right, top, right, top + axes[^1]));
        _nodes.Add((left, axis));
        _nodes.Add((right, axis));
        for (var i = 0; i < branches.Count; i++)
        {
            var start = left + ((inner - branches[i].Width) / 2);
            _wires.Add(new(left, top + axes[i], start, top + axes[i]));
            Place(parallel.Parts[i], start, top + axes[i]);
            _wires.Add(new(start + branches[i].Width, top + axes[i], right, top + axes[i]));
        }
    }

    private string Value(ElementNode element) =>
        _values.TryGetValue(element.Name, out var text) ? string.Concat(text.Where(XmlConvert.IsXmlChar)).ReplaceLineEndings(" ").Trim() : "";

    private static double TextWidth(string text, double size) => text.Length * size * LetterWidth;

    /// <summary>An element at its place.</summary>
    /// <param name="Symbol">As in circuit strings.</param>
    /// <param name="X">Left end of the symbol.</param>
    /// <param name="Y">Its axis.</param>
    /// <param name="Name">Above it.</param>
    /// <param name="Value">Below it, or null.</param>
    internal sealed record PlacedElement(string Symbol, double X, double Y, Label Name, Label? Value)
    {
        /// <summary>What the symbol covers.</summary>
        public Box Box => new(X, Y - SymbolHalf, X + SymbolWidth, Y + SymbolHalf);
    }

    /// <summary>Room that a part takes: its width, and its height above and below its axis.</summary>
    private readonly record struct Extent(double Width, double Above, double Below);

    /// <summary>A straight wire.</summary>
    internal readonly record struct Wire(double X1, double Y1, double X2, double Y2);

    /// <summary>A rectangle.</summary>
    internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        private const double Touching = 1e-6; // Sums of widths in another order.

        public bool Overlaps(Box other) =>
            Left < other.Right - Touching && other.Left < Right - Touching && Top < other.Bottom - Touching && other.Top < Bottom - Touching;
    }

    /// <summary>A text about a middle.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="X">Its middle.</param>
    /// <param name="Baseline">Its baseline.</param>
    /// <param name="Size">Of the font.</param>
    /// <param name="Box">What it covers at most.</param>
    internal sealed record Label(string Text, double X, double Baseline, double Size, Box Box)
    {
        private const double Descent = 0.22; // Of the font's size; a sans-serif's p and g.

        public static Label Centred(string text, double x, double baseline, double width, double size) =>
            new(text, x, baseline, size, new(x - (width / 2), baseline - ((1 - Descent) * size), x + (width / 2), baseline + (Descent * size)));
    }
}

using System.Collections.Immutable;
using CsCheck;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Tests.Circuits;

/// <summary>Random circuits, nested up to four brackets deep, with elements named by their place.</summary>
internal static class AnyCircuit
{
    /// <summary>Trees of elements of all kinds.</summary>
    public static readonly Gen<CircuitNode> Node = Of([.. ElementLibrary.Standard.Kinds.OrderBy(kind => kind.Symbol, StringComparer.Ordinal)]);

    /// <summary>Trees of elements that Boukamp's notation has a letter for.</summary>
    public static readonly Gen<CircuitNode> WithLetters =
        Of([.. ElementLibrary.Standard.Kinds.Where(kind => BoukampElements.Letter(kind) is not null).OrderBy(kind => kind.Symbol, StringComparer.Ordinal)]);

    private static Gen<CircuitNode> Of(ElementKind[] kinds) => Part(kinds, 4, inSeries: false).Select(node => Numbered(node, new()));

    private static Gen<CircuitNode> Part(ElementKind[] kinds, int depth, bool inSeries)
    {
        var element = Gen.Int[0, kinds.Length - 1].Select(i => kinds[i]).Select(kind => (CircuitNode)new ElementNode(kind, ""));
        if (depth == 0)
            return element;
        var parallel = Gen.Int[2, 3].SelectMany(count => Part(kinds, depth - 1, inSeries: false).Array[count]).Select(parts => (CircuitNode)new ParallelNode([.. parts]));
        // No series directly in a series: that is one series.
        var series = inSeries ? element : Gen.Int[2, 4].SelectMany(count => Part(kinds, depth - 1, inSeries: true).Array[count]).Select(parts => (CircuitNode)new SeriesNode([.. parts]));
        return Gen.OneOf(element, parallel, series);
    }

    private static CircuitNode Numbered(CircuitNode node, List<string> names)
    {
        ImmutableArray<CircuitNode> All(ImmutableArray<CircuitNode> parts) => [.. parts.Select(part => Numbered(part, names))];
        switch (node)
        {
            case ElementNode element:
                names.Add($"{element.Kind.Symbol}{names.Count}");
                return element with { Name = names[^1] };
            case SeriesNode series:
                return new SeriesNode(All(series.Parts));
            default:
                return new ParallelNode(All(((ParallelNode)node).Parts));
        }
    }
}

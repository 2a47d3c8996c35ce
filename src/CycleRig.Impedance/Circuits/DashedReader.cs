using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>Reads <c>R0-p(R1,CPE1)-p(R2,CPE2)</c>: dashes for series, <c>p(,)</c> for parallel, names with numbers.</summary>
internal sealed class DashedReader(CircuitText source)
{
    public CircuitNode Read()
    {
        var parts = ImmutableArray.CreateBuilder<CircuitNode>();
        parts.Add(Part());
        while (source.Take('-'))
            parts.Add(Part());
        return parts.Count == 1 ? parts[0] : new SeriesNode(parts.ToImmutable());
    }

    private CircuitNode Part()
    {
        source.Blank();
        if (!source.IsAt("p("))
            return Element();
        source.At++;
        var open = source.Open();
        var parts = ImmutableArray.CreateBuilder<CircuitNode>();
        parts.Add(Read());
        while (source.Take(','))
            parts.Add(Read());
        source.Close(')', open, "`,`, `-` or ");
        return parts.Count > 1 ? new ParallelNode(parts.ToImmutable()) : throw source.Wrong("a parallel needs two parts", open);
    }

    private ElementNode Element()
    {
        var start = source.At;
        source.While(char.IsAsciiLetter);
        var symbol = source.From(start);
        if (source.Library[symbol] is not { } kind)
            throw source.Wrong($"{(symbol.Length > 0 ? $"`{symbol}` is not an element" : "an element is missing")}; write one of {string.Join(", ", source.Library.Kinds.Select(known => known.Symbol))}", start);
        source.While(letter => char.IsAsciiDigit(letter) || letter == '_');
        return source.Named(kind, source.From(start), start);
    }
}

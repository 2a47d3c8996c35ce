using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// Reads <c>R(RQ)(RQ)</c>. Names are given by position. Without square brackets a bracket changes between series and parallel; where the
/// text holds square brackets or braces, round ones are parallel and square ones series.
/// </summary>
internal sealed class BoukampReader(CircuitText source, bool extended)
{
    public CircuitNode Read() => Parts(inParallel: false);

    private CircuitNode Parts(bool inParallel)
    {
        var parts = ImmutableArray.CreateBuilder<CircuitNode>();
        for (source.Blank(); !source.Ended && source.Next is not (')' or ']'); source.Blank())
        {
            var part = source.Next is '(' or '[' ? Bracket(inParallel) : Element();
            // Series in series is one series.
            if (part is SeriesNode inner && !inParallel)
                parts.AddRange(inner.Parts);
            else
                parts.Add(part);
        }

        return parts.Count switch
        {
            0 => throw source.Wrong("an element is missing"),
            1 => parts[0],
            _ => inParallel ? new ParallelNode(parts.ToImmutable()) : new SeriesNode(parts.ToImmutable()),
        };
    }

    private CircuitNode Bracket(bool inParallel)
    {
        var round = source.Next == '(';
        var open = source.Open();
        var part = Parts(round && (extended || !inParallel));
        source.Close(round ? ')' : ']', open, "");
        return part;
    }

    private ElementNode Element()
    {
        var start = source.At++;
        source.While(char.IsAsciiLetterLower);
        var symbol = source.From(start);
        if (char.IsAsciiDigit(symbol[0]))
            throw source.Wrong("names are given by position in this notation; leave the number out", start);
        if (BoukampElements.Get(symbol, source.Library) is not { } kind)
            throw source.Wrong($"`{symbol}` is not an element here; write one of {BoukampElements.Readable(source.Library)}", start);
        var element = source.Named(kind, $"{kind.Symbol}{source.Elements}", start);
        return source.Next == '{' ? element with { Given = new GivenReader(source).Read(symbol) } : element;
    }
}

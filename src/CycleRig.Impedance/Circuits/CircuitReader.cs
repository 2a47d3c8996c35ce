using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>Reads both notations: <c>R0-p(R1,CPE1)-p(R2,CPE2)</c> and Boukamp's <c>R(RQ)(RQ)</c>.</summary>
internal sealed class CircuitReader(string text)
{
    private const int DepthMax = 32;
    private const int LengthMax = 1000;

    private readonly Dictionary<string, int> _names = [];
    private int _at;
    private int _elements;
    private int _depth;

    public static CircuitNode Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new CircuitFormatException(text, 0, "the circuit is empty; write such as R0-p(R1,CPE1)");
        if (text.Length > LengthMax)
            throw new CircuitFormatException($"the circuit has {text.Length} characters; at most {LengthMax} are read");
        var reader = new CircuitReader(text);
        var boukamp = !text.Contains('-', StringComparison.Ordinal) && !text.Contains("p(", StringComparison.Ordinal)
            && !text.Any(char.IsDigit);
        var node = boukamp ? reader.Boukamp(inParallel: false) : reader.Series();
        reader.Blank();
        return reader._at == text.Length ? node : throw reader.Wrong("this does not belong here");
    }

    private CircuitNode Series()
    {
        var parts = ImmutableArray.CreateBuilder<CircuitNode>();
        parts.Add(Part());
        while (Take('-'))
            parts.Add(Part());
        return parts.Count == 1 ? parts[0] : new SeriesNode(parts.ToImmutable());
    }

    private CircuitNode Part()
    {
        Blank();
        if (_at + 1 >= text.Length || text[_at] != 'p' || text[_at + 1] != '(')
            return Element();
        Deeper();
        var open = _at + 1;
        _at += 2;
        var parts = ImmutableArray.CreateBuilder<CircuitNode>();
        parts.Add(Series());
        while (Take(','))
            parts.Add(Series());
        if (!Take(')'))
            throw Wrong(_at >= text.Length ? "this bracket is not closed" : "write `,`, `-` or `)`", _at >= text.Length ? open : _at);
        _depth--;
        return parts.Count > 1 ? new ParallelNode(parts.ToImmutable()) : throw Wrong("a parallel needs two parts", open);
    }

    private ElementNode Element()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetter(text[_at]))
            _at++;
        var symbol = text[start.._at];
        if (!Elements.BySymbol.TryGetValue(symbol, out var kind))
            throw Wrong($"`{symbol}` is not an element; write one of {string.Join(", ", Elements.BySymbol.Keys.Order(StringComparer.Ordinal))}", start);
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return Named(kind, text[start.._at], start);
    }

    /// <summary>In this notation a bracket changes between series and parallel; names are given by position.</summary>
    private CircuitNode Boukamp(bool inParallel)
    {
        var parts = ImmutableArray.CreateBuilder<CircuitNode>();
        while (_at < text.Length && text[_at] != ')')
        {
            if (text[_at] == '(')
            {
                Deeper();
                var open = _at++;
                parts.Add(Boukamp(!inParallel));
                if (!Take(')'))
                    throw Wrong("this bracket is not closed", open);
                _depth--;
                continue;
            }

            var symbol = text[_at] switch { 'Q' => "CPE", 'O' => "Ws", 'T' => "Wo", var letter => letter.ToString() };
            if (!Elements.BySymbol.TryGetValue(symbol, out var kind))
                throw Wrong($"`{text[_at]}` is not an element here; write one of R, C, L, Q, W, O, T, G");
            parts.Add(Named(kind, $"{symbol}{_elements}", _at));
            _at++;
        }

        return parts.Count switch
        {
            0 => throw Wrong("an element is missing", Math.Min(_at, text.Length - 1)),
            1 => parts[0],
            _ => inParallel ? new ParallelNode(parts.ToImmutable()) : new SeriesNode(parts.ToImmutable()),
        };
    }

    private ElementNode Named(ElementKind kind, string name, int position)
    {
        _elements++;
        return _names.TryAdd(name, position) ? new(kind, name) : throw Wrong($"`{name}` stands here a second time; give it a number of its own", position);
    }

    private void Deeper()
    {
        if (++_depth > DepthMax)
            throw Wrong($"brackets are nested deeper than {DepthMax}");
    }

    private bool Take(char letter)
    {
        Blank();
        if (_at >= text.Length || text[_at] != letter)
            return false;
        _at++;
        return true;
    }

    private void Blank()
    {
        while (_at < text.Length && text[_at] == ' ')
            _at++;
    }

    private CircuitFormatException Wrong(string what, int? position = null) => new(text, position ?? _at, what);
}

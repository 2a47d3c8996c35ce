using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CycleRig.Core.Quantities;
using YamlDotNet.RepresentationModel;

namespace CycleRig.Files.Yaml;

/// <summary>A map of a file. Every key must be asked for; what nobody asked for is an unknown key.</summary>
internal sealed partial class YamlMap
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly YamlFile _file;
    private readonly YamlMappingNode _node;
    private readonly string _what;
    private readonly HashSet<string> _asked = [];

    /// <summary>Keys that may stand here, asked for or only looked for.</summary>
    private readonly HashSet<string> _known = [];
    private readonly List<YamlMap> _children = [];

    public YamlMap(YamlFile file, YamlMappingNode node, string what) => (_file, _node, _what) = (file, node, what);

    /// <summary>The one key of a map such as `- rest: ...`, or null with a problem reported.</summary>
    public string? OnlyKey(string what)
    {
        if (_node.Children.Count == 1 && _node.Children.First().Key is YamlScalarNode { Value: { } key })
            return key;
        _file.Report(_node, $"this has {_node.Children.Count} keys; write one {what} with its values indented under it");
        return null;
    }

    /// <summary>Line and column, from 1.</summary>
    public (long Line, long Column) Place => (_node.Start.Line, _node.Start.Column);

    public void Report(string what) => _file.Report(_node, what);

    /// <summary>Reports what is wrong with a key, once: what follows from it is not said.</summary>
    public void Report(string key, string what)
    {
        if (_reported.Add(key))
            _file.Report(Find(key) ?? _node, what);
    }

    /// <summary>Whether nothing was wrong with a key so far.</summary>
    public bool IsSound(string key) => !_reported.Contains(key);

    public bool Has(string key)
    {
        _known.Add(key);
        return Find(key) is not null;
    }

    /// <summary>Whether the file is of another kind than it was given for, as its key shows: that alone is reported then.</summary>
    /// <param name="key">Only files of that kind have it.</param>
    /// <param name="what">That kind, and how to give it.</param>
    public bool IsOfKind(string key, string what)
    {
        if (Find(key) is null)
            return false;
        Report(key, $"this is {what}");
        IgnoreRest();
        return true;
    }

    public string? OptionalText(string key) => Has(key) ? Scalar(key, "a text") : null;

    /// <summary>A name: [a-z0-9-]{1,32}.</summary>
    public string Name(string key, string example)
    {
        var text = Scalar(key, $"a name such as `{example}`");
        if (text is not null && !NamePattern().IsMatch(text))
            Report(key, $"`{text}` is no name; write 1 to 32 of a-z, 0-9 and -");
        return text ?? "";
    }

    public int Count(string key, int low, int high, int? otherwise = null)
    {
        if (otherwise is { } value && !Has(key))
            return value;
        var text = Scalar(key, $"a whole number from {low} to {high}");
        if (text is null)
            return low;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count >= low && count <= high)
            return count;
        var meant = int.TryParse(text.TrimEnd('%', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var bare) && bare >= low && bare <= high && text.EndsWith('%');
        Report(key, $"`{text}` is {(low == high ? $"not {low}, the one that is known" : $"no whole number from {low} to {high}")}; write {(meant ? $"{bare}, without a unit" : Math.Clamp(10, low, high))}");
        return low;
    }

    public T Choice<T>(string key, params ReadOnlySpan<(string Text, T Value)> choices)
    {
        var text = Scalar(key, choices[0].Text);
        foreach (var (known, value) in choices)
        {
            if (known == text)
                return value;
        }

        if (text is not null)
        {
            var all = new List<string>();
            foreach (var (known, _) in choices)
                all.Add($"`{known}`");
            Report(key, $"`{text}` is not known here; write {string.Join(" or ", all)}");
        }

        return choices[0].Value;
    }

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Whether a map stands under the key.</summary>
    public bool IsMap(string key) => Find(key) is YamlMappingNode;

    /// <summary>Of an entry that is not known: its other keys are not reported, too.</summary>
    public void IgnoreRest() => _asked.UnionWith(Keys);

    /// <summary>A key that was reported already.</summary>
    public void Ignore(string key) => _asked.Add(key);

    /// <summary>A text.</summary>
    public string Text(string key, string example) => Scalar(key, example) ?? "";

    /// <summary>A bare number.</summary>
    public double Number(string key)
    {
        if (Scalar(key, "a number such as 0.5") is not { } text)
            return 1;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        Report(key, $"`{text}` is no number; write a number such as 0.5");
        return 1;
    }

    /// <summary>Two values of a list such as `[1 h, 5 h]`, in SI, or bare where there is no dimension.</summary>
    public (double First, double Second) Two(string key, Dimension? dimension, Dimension? second)
    {
        _asked.Add(key);
        var texts = Find(key) is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "")] : new List<string>();
        if (texts.Count != 2)
        {
            Report(key, $"the distribution `{key}` is {(texts.Count == 0 ? "empty" : $"of {texts.Count} values")}; write two in brackets, such as [{(dimension is { } d ? QuantityText.Word(d) : "a number")}, another]");
            return (1, 2);
        }

        return (One(texts[0], dimension), One(texts[1], second));

        double One(string text, Dimension? of)
        {
            var error = $"`{text}` is no number; write a number such as 0.5";
            if (of is { } known ? QuantityText.TryParse(text, known, out var value, out error) : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
                return value;
            Report(key, error);
            return 1;
        }
    }

    /// <summary>A quantity in SI.</summary>
    public double Quantity(string key, Dimension dimension, double low = double.NegativeInfinity, bool lowIsAllowed = true)
    {
        var text = Scalar(key, QuantityText.Word(dimension));
        if (text is null)
            return 1;
        if (!QuantityText.TryParse(text, dimension, out var si, out var error))
        {
            Report(key, error);
            return 1;
        }

        if (si > low || (lowIsAllowed && si == low))
            return si;
        if (low == 0 && !lowIsAllowed)
        {
            Report(key, $"`{text}` is not above 0; write {QuantityText.Word(dimension)} above 0{(dimension == Dimension.CurrentDensity ? ": `plate` and `strip` say the direction" : "")}");
            return 1;
        }

        Report(key, $"`{text}` is {(lowIsAllowed ? "below" : "not above")} the least that is possible; write {QuantityText.Word(dimension)} {(lowIsAllowed ? "of at least" : "above")} {low.ToString("G6", CultureInfo.InvariantCulture)} (in SI)");
        return Math.Max(1, low + 1);
    }

    public double? OptionalQuantity(string key, Dimension dimension, double low = double.NegativeInfinity, bool lowIsAllowed = true) =>
        Has(key) ? Quantity(key, dimension, low, lowIsAllowed) : null;

    public TimeSpan Time(string key, TimeSpan? otherwise = null) => otherwise is { } value && !Has(key)
        ? value
        : TimeSpan.FromSeconds(Math.Min(Quantity(key, Dimension.Time, 0, lowIsAllowed: false), TimeSpan.MaxValue.TotalSeconds / 2));

    /// <summary>A map under a key; an empty one with a problem reported when it is missing.</summary>
    public YamlMap Map(string key) => OptionalMap(key) ?? Missing(key, "a map of `key: value` lines");

    public YamlMap? OptionalMap(string key)
    {
        _asked.Add(key);
        return Find(key) switch
        {
            null => null,
            YamlMappingNode map => Child(map, $"`{key}`"),
            var other => Wrong(other, $"`{key}` is no map; write `key: value` lines indented under it"),
        };
    }

    /// <summary>The maps of a list under a key, at least one.</summary>
    public ImmutableArray<YamlMap> List(string key, string what)
    {
        _asked.Add(key);
        if (Find(key) is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            _file.Report(Find(key) ?? _node, $"{(Has(key) ? $"`{key}` is no list with entries" : $"`{key}` is missing in {_what}")}; write `{key}:` and {what} with `- ` before each");
            return [];
        }

        return [.. list.Children.Select(item => item is YamlMappingNode map
            ? Child(map, $"an entry of `{key}`")
            : Wrong(item, $"this entry of `{key}` is no map; write {what} with `- ` before each"))];
    }

    /// <summary>Reports every key that nobody asked for, here and below.</summary>
    public void Close()
    {
        var known = _asked.Union(_known).Order(StringComparer.Ordinal).ToList();
        foreach (var key in _node.Children.Keys)
        {
            if (key is YamlScalarNode { Value: { } text } && !_asked.Contains(text))
                _file.Report(key, $"`{text}` is not known in {_what}; {(NearestName.Of(text, known) is { } near ? $"write `{near}`" : known.Count > 0 ? $"write one of {string.Join(", ", known)}" : "leave it out")}");
        }

        foreach (var child in _children)
            child.Close();
    }

    private string? Scalar(string key, string example)
    {
        _asked.Add(key);
        switch (Find(key))
        {
            case YamlScalarNode { Value: { Length: > 0 } text }:
                return text;
            case null:
                Missing(key, example);
                return null;
            case var other:
                _file.Report(other, $"`{key}` has no value; write `{key}:` and {example}");
                return null;
        }
    }

    private YamlNode? Find(string key)
    {
        foreach (var (known, value) in _node.Children)
        {
            if (known is YamlScalarNode { Value: { } text } && text == key)
                return value;
        }

        return null;
    }

    private YamlMap Missing(string key, string example)
    {
        _file.Report(_node, $"`{key}` is missing in {_what}; write `{key}:` and {example}");
        return Child(new YamlMappingNode(), $"`{key}`", isReal: false);
    }

    private YamlMap Wrong(YamlNode at, string what)
    {
        _file.Report(at, what);
        return Child(new YamlMappingNode(), "this", isReal: false);
    }

    private YamlMap Child(YamlMappingNode node, string what, bool isReal = true)
    {
        var child = new YamlMap(isReal ? _file : _file.Silent, node, what);
        if (isReal)
            _children.Add(child);
        return child;
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}

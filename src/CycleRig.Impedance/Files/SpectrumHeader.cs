using System.Collections;

namespace CycleRig.Impedance.Files;

/// <summary>What a file says above a table: keys and values in its order and as written, read from the text when asked for.</summary>
/// <remarks>A key may stand more than once. Dates are not interpreted, so that masked ones do no harm.</remarks>
public sealed class SpectrumHeader : IEnumerable<KeyValuePair<string, string>>
{
    private readonly string _text;
    private readonly (Range File, Range Table) _ranges;

    /// <param name="text">Text of the file.</param>
    /// <param name="file">What stands above the first table.</param>
    /// <param name="table">What stands between the table before and this one.</param>
    internal SpectrumHeader(string text, Range file, Range table) => (_text, _ranges) = (text, (file, table));

    /// <summary>The first value of a key, or null.</summary>
    public string? this[string key]
    {
        get
        {
            foreach (var pair in this)
            {
                if (pair.Key == key)
                    return pair.Value;
            }

            return null;
        }
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var range in (Range[])[_ranges.File, _ranges.Table])
        {
            foreach (var line in _text[range].Split('\n', '\r'))
            {
                if (Pair(line) is { } pair)
                    yield return pair;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>`key: value`, `key = value`, or `KEY TAB TYPE TAB value` of Gamry.</summary>
    private static KeyValuePair<string, string>? Pair(string line)
    {
        var plain = line.Trim(' ', '"', '\t');
        if (line.Split('\t') is [{ Length: > 0 } key, { Length: > 0 }, var value, ..])
            return new(key, value);
        var at = plain.AsSpan().IndexOfAny(':', '=');
        return at > 0 && !char.IsAsciiDigit(plain[0]) ? new(plain[..at].TrimEnd(' ', '.'), plain[(at + 1)..].Trim(' ', ',', '\t')) : null;
    }
}

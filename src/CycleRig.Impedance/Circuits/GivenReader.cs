using System.Globalization;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// Reads what stands in braces behind an element: <c>{R=50/0/1e5:bulk}</c>: value, lower and upper limit, label; an F behind the value
/// fixes it; a limit that is empty or <c>inf</c> is none.
/// </summary>
internal sealed class GivenReader(CircuitText source)
{
    /// <summary>Reads from the opening brace to the closing one.</summary>
    /// <param name="symbol">The element, as written.</param>
    public GivenElement Read(string symbol)
    {
        var open = source.At++;
        var known = BoukampElements.Parameters(symbol);
        var given = new GivenParameter[known?.Names.Length ?? 0];
        var seen = new HashSet<int>();
        source.Blank();
        while (source.Next is not ('}' or ':') && !source.Ended)
        {
            var index = Name(symbol, known);
            var place = source.At;
            if (!seen.Add(index))
                throw source.Wrong($"`{known!.Names[index]}` is given a second time");
            given[index] = Parameter();
            if (known!.ExponentOnly is { } only && index == given.Length - 1 && given[index].Value != only)
                throw source.Wrong($"`{symbol}` can only be computed with n = {only.ToString(CultureInfo.InvariantCulture)}; leave n out", place);
            if (!source.Take(','))
                break;
            source.Blank();
        }

        var label = source.Take(':') ? Label() : "";
        if (!source.Take('}'))
            throw source.Ended ? source.Wrong("this brace is not closed", open) : source.Wrong("write `,`, `:` or `}`");
        return new(known?.ToOurs([.. given]) ?? [], label);
    }

    private int Name(string symbol, BoukampParameters? known)
    {
        var start = source.At;
        source.While(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        var name = source.From(start);
        if (known is null)
            throw source.Wrong($"values of `{symbol}` cannot be read; leave the braces out", start);
        if (known.Names.IndexOf(name) is var index and >= 0)
            return source.Take('=') ? index : throw source.Wrong($"write `=` and the value of `{name}`");
        throw source.Wrong($"`{symbol}` has no parameter `{name}`; write one of {string.Join(", ", known.Names)}", start);
    }

    private GivenParameter Parameter()
    {
        source.Blank();
        var start = source.At;
        var value = Number() ?? throw source.Wrong("write a number", start);
        var isFixed = source.Take('F') || source.Take('f');
        var low = source.Take('/') ? Limit() : null;
        var high = source.Take('/') ? Limit() : null;
        if (low > high)
            throw source.Wrong(string.Create(CultureInfo.InvariantCulture, $"the lower limit {low} is above the upper {high}"), start);
        if (value < low || value > high)
            throw source.Wrong(string.Create(CultureInfo.InvariantCulture, $"the value {value} is outside its limits"), start);
        return new(value, low, high, isFixed);
    }

    private double? Limit()
    {
        source.Blank();
        var start = source.At;
        if (source.Next is '/' or ',' or ':' or '}')
            return null;
        var sign = source.Next == '-' ? 1 : 0;
        source.At += sign;
        if (source.IsAt("inf"))
        {
            source.At += 3;
            return null;
        }

        source.At = start;
        return Number() ?? throw source.Wrong("write a limit as a number, or `inf` for none", start);
    }

    private double? Number()
    {
        var start = source.At;
        source.While(letter => char.IsAsciiDigit(letter) || letter is '.' or '+' or '-' or 'e' or 'E');
        return double.TryParse(source.From(start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private string Label()
    {
        var start = source.At;
        source.While(letter => letter is not ('}' or '{'));
        return source.From(start).Trim();
    }
}

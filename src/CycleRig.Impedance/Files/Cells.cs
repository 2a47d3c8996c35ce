namespace CycleRig.Impedance.Files;

/// <summary>The cells of a line, one after the other, without copies.</summary>
/// <param name="line">Without line end.</param>
/// <param name="separator">A blank stands for runs of blanks and tabs; a unit in brackets behind one belongs to its name.</param>
internal ref struct Cells(ReadOnlySpan<char> line, char separator)
{
    private readonly ReadOnlySpan<char> _line = line;
    private int _next;
    private bool _quotesClose = true;
    private bool _ended;

    /// <summary>Number of the current cell, from 0.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>Where the current cell starts in the line, from 0.</summary>
    public int Start { get; private set; }

    public ReadOnlySpan<char> Current { get; private set; }

    public bool Next()
    {
        if (_ended)
            return false;
        return separator == ' ' ? NextWord() : NextCell();
    }

    private bool NextCell()
    {
        Index++;
        var rest = _line[_next..];
        var blanks = rest.Length - rest.TrimStart().Length;
        // A tab is a blank too: where it separates, it must not be passed over.
        blanks = separator == '\t' ? Math.Min(blanks, rest.IndexOfAnyExcept(' ') is >= 0 and var i ? i : rest.Length) : blanks;
        if (_quotesClose && blanks < rest.Length && rest[blanks] == '"' && Quoted(rest[(blanks + 1)..], _next + blanks + 1))
            return true;
        var end = rest.IndexOf(separator);
        _ended = end < 0;
        var cell = _ended ? rest : rest[..end];
        Take(cell, _next);
        _next += end + 1;
        return true;
    }

    /// <summary>A cell in quotes ends at a quote that a separator or the end of the line follows.</summary>
    private bool Quoted(ReadOnlySpan<char> rest, int start)
    {
        var from = 0;
        while (rest[from..].IndexOf('"') is >= 0 and var found)
        {
            var after = rest[(from + found + 1)..];
            var next = after.TrimStart(' ');
            if (next.IsEmpty || next[0] == separator)
            {
                Take(rest[..(from + found)], start);
                _ended = next.IsEmpty;
                _next = start + from + found + 1 + (after.Length - next.Length) + 1;
                return true;
            }

            from += found + 1;
        }

        _quotesClose = false; // Not looked for again: a line of open quotes would take its length squared.
        return false;
    }

    private bool NextWord()
    {
        var start = _next;
        while (start < _line.Length && char.IsWhiteSpace(_line[start]))
            start++;
        if (start == _line.Length)
            return !(_ended = true);
        var end = WordEnd(start);
        var behind = end;
        while (behind < _line.Length && _line[behind] == ' ')
            behind++;
        if (behind == end + 1 && behind < _line.Length && _line[behind] is '(' or '[')
            end = WordEnd(behind);
        Index++;
        Take(_line[start..end], start);
        _next = end;
        return true;
    }

    private readonly int WordEnd(int start)
    {
        while (start < _line.Length && !char.IsWhiteSpace(_line[start]))
            start++;
        return start;
    }

    private void Take(ReadOnlySpan<char> cell, int start)
    {
        Current = cell.Trim();
        Start = start + (cell.Length - cell.TrimStart().Length);
    }
}

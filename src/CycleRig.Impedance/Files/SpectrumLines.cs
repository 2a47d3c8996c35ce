namespace CycleRig.Impedance.Files;

/// <summary>The text of an export, walked line by line without copies. Any line end: LF, CRLF, CR CR LF, or CR alone.</summary>
internal sealed class SpectrumLines
{
    private const int LineMax = 100_000;

    /// <summary>Three cells of one character and what separates them: no row is shorter.</summary>
    private const int RowMin = 5;

    private readonly char _terminator;
    private int _next;

    public SpectrumLines(string file, string text)
    {
        (File, Text) = (file, text);
        _terminator = text.Contains('\n', StringComparison.Ordinal) ? '\n' : '\r';
    }

    /// <summary>Name for messages.</summary>
    public string File { get; }

    public string Text { get; }

    /// <summary>Whether a line that stands in quotes as a whole is read without them.</summary>
    public bool DropsQuotes { get; set; }

    /// <summary>Number of the current line, from 1; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Where the current line starts in the text.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    /// <summary>Whether the current line ends with the file and not with a line end: it may be cut off.</summary>
    public bool IsOpen { get; private set; }

    public ReadOnlySpan<char> Current => Text.AsSpan(Start, Length);

    /// <summary>Whether the line holds nothing, or nothing but separators: spreadsheets end tables so.</summary>
    public bool IsBlank => Current.Trim(" \t,;").IsWhiteSpace();

    /// <summary>Takes the next line; false at the end of the text.</summary>
    public bool Next()
    {
        if (_next >= Text.Length)
            return false;
        var rest = Text.AsSpan(_next);
        var length = rest.IndexOf(_terminator);
        IsOpen = length < 0;
        length = IsOpen ? rest.Length : length;
        Number++;
        Start = _next;
        Length = rest[..length].TrimEnd('\r').Length;
        _next += IsOpen ? length : length + 1;
        if (Length > LineMax)
            throw Wrong($"the line has more than {LineMax} characters; this is no spectrum file");
        if (DropsQuotes && Length > 1 && Current[0] == '"' && Current[^1] == '"' && !Current[1..^1].Contains('"'))
            (Start, Length) = (Start + 1, Length - 2);
        return true;
    }

    /// <summary>Takes the next line that is not blank.</summary>
    public bool NextFilled()
    {
        while (Next())
        {
            if (!IsBlank)
                return true;
        }

        return false;
    }

    /// <summary>Goes back to before the first line.</summary>
    public void Rewind() => (_next, Number, Start, Length, IsOpen) = (0, 0, 0, 0, false);

    /// <summary>Takes the next line that is not blank where it passes the test.</summary>
    public bool NextFilledIf(Predicate<SpectrumLines> test)
    {
        var before = (_next, Number, Start, Length, IsOpen);
        if (NextFilled() && test(this))
            return true;
        (_next, Number, Start, Length, IsOpen) = before;
        return false;
    }

    /// <summary>The next line that is not blank, not taken; empty at the end.</summary>
    public ReadOnlySpan<char> PeekFilled()
    {
        var before = (_next, Number, Start, Length, IsOpen);
        var line = NextFilled() ? Current : default;
        (_next, Number, Start, Length, IsOpen) = before;
        return line;
    }

    /// <summary>Whether nothing but blanks follows the current line.</summary>
    public bool IsLast() => Text.AsSpan(_next).IsWhiteSpace();

    /// <summary>Upper bound of the rows: lines long enough to be one.</summary>
    public int RowsMax()
    {
        var (count, from) = (0, 0);
        while (from < Text.Length)
        {
            var length = Text.AsSpan(from).IndexOf(_terminator);
            length = length < 0 ? Text.Length - from : length;
            count += length >= RowMin ? 1 : 0;
            from += length + 1;
        }

        return count;
    }

    /// <summary>An error in the current line.</summary>
    public SpectrumFileException Wrong(string what) => Wrong(1, what);

    /// <summary>An error at a character of the current line, from 1.</summary>
    public SpectrumFileException Wrong(int column, string what) => new(File, Math.Max(1, Number), column, what);
}

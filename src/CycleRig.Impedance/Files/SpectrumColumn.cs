namespace CycleRig.Impedance.Files;

/// <summary>A column of a file that gave no frequency, impedance or time: kept as written, read from the text when asked for.</summary>
public sealed class SpectrumColumn
{
    private readonly string _text;
    private readonly ReadOnlyMemory<int> _rows;
    private readonly char _separator;
    private readonly int _index;

    internal SpectrumColumn(string name, string text, ReadOnlyMemory<int> rows, char separator, int index) =>
        (Name, _text, _rows, _separator, _index) = (name, text, rows, separator, index);

    /// <summary>Name as written, with its unit; may be empty, and may stand more than once.</summary>
    public string Name { get; }

    /// <summary>As many as the spectrum has points.</summary>
    public int Count => _rows.Length;

    /// <summary>The cell of a point as written; empty where its row is shorter.</summary>
    public string Text(int point) => Cell(point).ToString();

    /// <summary>The cell of a point as a number in the unit of the name; null where it is no finite number.</summary>
    public double? Number(int point) => SpectrumText.IsNumber(Cell(point), out var value) && double.IsFinite(value) ? value : null;

    private ReadOnlySpan<char> Cell(int point)
    {
        var line = _text.AsSpan(_rows.Span[point]);
        var end = line.IndexOfAny('\r', '\n');
        var cells = new Cells(end < 0 ? line : line[..end], _separator);
        while (cells.Next())
        {
            if (cells.Index == _index)
                return cells.Current;
        }

        return [];
    }
}

using System.Globalization;

namespace CycleRig.Storage.Tests.Exports;

/// <summary>A text table by the names of its columns, parsed without any code of the product.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows;

    private TextTable(string[] names, IEnumerable<string> rows, char separator) => (Names, _rows) = (names, [.. rows.Select(row => row.Split(separator))]);

    public string[] Names { get; }

    public int Count => _rows.Count;

    public static TextTable OfCsv(string path)
    {
        var lines = File.ReadAllText(path).Split('\n');
        Xunit.Assert.Equal("", lines[^1]);
        return new(lines[0].Split(','), lines[1..^1], ',');
    }

    /// <summary>The layout of BioLogic: the second line says which one has the names.</summary>
    public static TextTable OfMpt(string[] lines)
    {
        var names = int.Parse(lines[1]["Nb header lines : ".Length..], CultureInfo.InvariantCulture) - 1;
        return new(lines[names].Split('\t'), lines[(names + 1)..], '\t');
    }

    public string Text(int row, string column)
    {
        Xunit.Assert.Equal(Names.Length, _rows[row].Length);
        return _rows[row][Array.IndexOf(Names, column)];
    }

    /// <summary>NaN where nothing stands.</summary>
    public double this[int row, string column] =>
        Text(row, column) is { Length: > 0 } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : double.NaN;
}

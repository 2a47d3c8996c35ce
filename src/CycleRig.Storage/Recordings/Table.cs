using System.Collections.Frozen;
using System.Globalization;

namespace CycleRig.Storage.Recordings;

/// <summary>A comma-separated table of numbers with named columns; what is empty or no number is NaN.</summary>
internal sealed class Table
{
    private const int LineLengthMax = 10_000;
    private readonly FrozenDictionary<string, int> _columns;
    private readonly List<double[]> _rows = [];

    private Table(FrozenDictionary<string, int> columns) => _columns = columns;

    public IEnumerable<Row> Rows => _rows.Select(values => new Row(this, values));

    /// <exception cref="RecordingException">The file or a needed column is missing, or a line is no row.</exception>
    public static Table Read(string path, params string[] needed)
    {
        if (!File.Exists(path))
            throw new RecordingException($"{path}: no such file; a recording is a folder with cell.json, samples.csv and spectra.csv");
        using var reader = new StreamReader(path);
        var names = (reader.ReadLine() ?? "").TrimStart('\uFEFF').Split(',');
        var table = new Table(names.Select((name, i) => (Name: name.Trim(), i)).DistinctBy(pair => pair.Name).ToFrozenDictionary(pair => pair.Name, pair => pair.i));
        if (needed.FirstOrDefault(name => !table._columns.ContainsKey(name)) is { } missing)
            throw new RecordingException($"{path}:1:1: no column `{missing}`; write the columns {string.Join(", ", needed)}");
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > LineLengthMax || line.Contains('\0', StringComparison.Ordinal))
                throw new RecordingException($"{path}:{number}:1: this is no line of numbers");
            if (line.Length > 0)
                table._rows.Add(Numbers(line, names.Length));
        }

        return table;
    }

    private static double[] Numbers(string line, int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        var column = 0;
        foreach (var range in line.AsSpan().Split(','))
        {
            if (column >= count)
                break;
            if (double.TryParse(line.AsSpan(range), CultureInfo.InvariantCulture, out var value))
                values[column] = value;
            column++;
        }

        return values;
    }

    /// <summary>One row; a column that the file does not have is NaN.</summary>
    public readonly struct Row(Table table, double[] values)
    {
        public double this[string column] => table._columns.TryGetValue(column, out var index) ? values[index] : double.NaN;
    }
}

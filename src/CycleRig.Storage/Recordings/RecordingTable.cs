using System.Globalization;

namespace CycleRig.Storage.Recordings;

/// <summary>Rows of a CSV file by column name; what is missing or no number is NaN and remarked on.</summary>
internal sealed class RecordingTable
{
    private readonly Dictionary<string, int> _columns = [];
    private readonly List<(int Line, double[] Values)> _rows = [];

    private RecordingTable(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyList<(int Line, double[] Values)> Rows => _rows;

    /// <exception cref="RecordingException">Missing file, binary content, or a needed column is missing.</exception>
    public static RecordingTable Read(string path, RecordingRemarks remarks, params ReadOnlySpan<string> needed)
    {
        var table = new RecordingTable(path);
        using var reader = File.OpenText(path);
        var header = reader.ReadLine() ?? throw new RecordingException($"{path}:1: the file is empty; write a header line");
        var names = header.Trim('\uFEFF').Split(',');
        for (var column = 0; column < names.Length; column++)
            table._columns.TryAdd(names[column].Trim().Trim('"'), column);
        foreach (var name in needed)
        {
            if (!table._columns.ContainsKey(name))
                throw new RecordingException($"{path}:1: no column {name}; write it into the header");
        }

        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Contains('\0', StringComparison.Ordinal) || text.Contains('\uFFFD', StringComparison.Ordinal))
                throw new RecordingException($"{path}:{line}: binary data; this is no CSV file");
            if (!string.IsNullOrWhiteSpace(text))
                table._rows.Add((line, Values(text, names.Length, line, path, remarks)));
        }

        if (table._rows.Count > 0 && table._rows.All(row => row.Values.All(double.IsNaN)))
            throw new RecordingException($"{path}:2: no row holds a number; write numbers with a decimal point");
        return table;
    }

    public double Value(double[] row, string column) => _columns.TryGetValue(column, out var index) ? row[index] : double.NaN;

    private static double[] Values(string text, int count, int line, string path, RecordingRemarks remarks)
    {
        var fields = text.Split(',');
        if (fields.Length != count)
            remarks.Add(path, line, $"rows do not have {count} fields");
        var values = new double[count];
        for (var column = 0; column < count; column++)
        {
            var field = column < fields.Length ? fields[column].AsSpan().Trim().Trim('"') : "";
            if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out values[column]))
            {
                values[column] = double.NaN;
                remarks.Add(path, line, "values are missing or no numbers");
            }
        }

        return values;
    }
}

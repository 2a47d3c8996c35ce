using System.Globalization;

namespace CycleRig.Storage.Exports;

/// <summary>Writes a table of the Battery Data Format as comma-separated text: UTF-8, LF, as many digits as it takes to read the same value back.</summary>
internal static class BdfCsvFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a table.</summary>
    /// <param name="path">File to make.</param>
    /// <param name="table">What to write.</param>
    /// <param name="progress">Told now and then.</param>
    public static void Write(string path, BdfTable table, RowProgress progress)
    {
        using var file = new StreamWriter(path, new System.Text.UTF8Encoding(false), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferBytes,
        });
        file.Write(string.Join(',', table.Columns.Select(column => column.Label)) + "\n");
        Span<char> number = stackalloc char[32]; // The longest double has 24 characters.
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Values.Length; i++)
            {
                if (i > 0)
                    file.Write(',');
                if (table.Columns[i].Kind == BdfKind.StepType)
                {
                    file.Write(row.StepType);
                    continue;
                }

                // Empty where there is no value: NaN is text to some readers.
                if (double.IsFinite(row.Values[i]) && row.Values[i].TryFormat(number, out var length, "R", CultureInfo.InvariantCulture))
                    file.Write(number[..length]);
            }

            file.Write('\n');
            progress.Wrote(row.Values[0]);
        }
    }
}

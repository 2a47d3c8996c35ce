namespace CycleRig.Impedance.Files;

/// <summary>From rows of text to spectra: columns by name, a new spectrum at each change of the loop.</summary>
/// <param name="file">Name for messages.</param>
/// <param name="frequency">Column of the frequency, Hz.</param>
/// <param name="real">Column of Re Z, Ω.</param>
/// <param name="imaginary">Column of Im Z, Ω.</param>
/// <param name="sign">1, or -1 where the column holds -Im Z.</param>
/// <param name="loop">Column that changes with each loop, or -1.</param>
internal sealed class SpectrumTable(string file, int frequency, int real, int imaginary, int sign, int loop)
{
    private readonly List<ImpedanceData> _spectra = [];
    private readonly List<double> _frequencies = [];
    private readonly List<double> _reals = [];
    private readonly List<double> _imaginaries = [];
    private string? _loopNow;

    /// <summary>Takes a row; rows with frequency 0 (direct current) are passed over.</summary>
    public void Add(string[] cells, int line)
    {
        var needed = Math.Max(frequency, Math.Max(real, imaginary));
        if (cells.Length <= needed)
            throw new SpectrumFileException(file, line, $"the row has {cells.Length} columns, at least {needed + 1} are needed; the file may be cut off");
        var (f, re, im) = (Value(cells, frequency, line), Value(cells, real, line), Value(cells, imaginary, line));
        if (loop >= 0 && loop < cells.Length && cells[loop] != _loopNow)
        {
            Close(line);
            _loopNow = cells[loop];
        }

        if (f == 0)
            return;
        _frequencies.Add(f);
        _reals.Add(re);
        _imaginaries.Add(sign * im);
    }

    /// <summary>The spectra; at least one.</summary>
    public IReadOnlyList<ImpedanceData> Finish(int line)
    {
        Close(line);
        return _spectra.Count > 0 ? _spectra : throw new SpectrumFileException(file, line, "the file holds no points; export the spectrum again");
    }

    private double Value(string[] cells, int column, int line) => SpectrumText.Number(cells[column]) is { } value && double.IsFinite(value)
        ? value
        : throw new SpectrumFileException(file, line, $"`{cells[column].Trim()}` in column {column + 1} is no number; delete the row or export the spectrum again");

    private void Close(int line)
    {
        if (_frequencies.Count == 0)
            return;
        try
        {
            _spectra.Add(new(_frequencies, _reals, _imaginaries));
        }
        catch (ArgumentException wrong)
        {
            throw new SpectrumFileException($"{file}:{line}:1: {wrong.Message}", wrong);
        }

        _frequencies.Clear();
        _reals.Clear();
        _imaginaries.Clear();
    }
}

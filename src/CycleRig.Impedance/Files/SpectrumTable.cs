using System.Collections.Immutable;

namespace CycleRig.Impedance.Files;

/// <summary>From rows of text to spectra: columns by name, a new spectrum at each table and at each change of a loop column.</summary>
internal sealed class SpectrumTable(SpectrumLines lines, string format)
{
    private const int SpectraMax = 100_000;

    private readonly List<ImportedSpectrum> _spectra = [];
    private readonly List<string> _remarks = [];
    private readonly SpectrumPoints _points = new(lines.RowsMax());
    private readonly List<(int Start, int Length)> _loops = [];
    private NamedColumns? _columns;
    private char _separator;
    private string _label = "";
    private (Range File, Range Table) _header = (..0, ..0);
    private int _end;
    private int _first;
    private int _cells;
    private int _skipped;
    private int _cutOff;
    private double _phaseAgreement;

    /// <summary>Whether the file says that the measurement of the current table was aborted.</summary>
    public bool Aborted { get; set; }

    /// <summary>Whether times that are all 0 say that there was no clock.</summary>
    public bool TakesZerosForNoTimes { get; init; }

    /// <summary>Points of the current spectrum so far.</summary>
    public int Count => _points.Count - _first;

    /// <summary>Starts a table below the current line.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="separator">Of its rows.</param>
    /// <param name="label">Of its spectra, before that of loops.</param>
    public void Begin(NamedColumns columns, char separator, string label = "")
    {
        Close();
        _header = _columns is null ? (..lines.Start, ..0) : (_header.File, _end..Math.Max(_end, lines.Start));
        (_columns, _separator, _label, Aborted) = (columns, separator, label, false);
        _cells = columns.Names.Length - (columns.Names[^1].Length == 0 ? 1 : 0); // A first row that is cut off is shorter than its names.
        _loops.Clear();
        if (columns.Doubled.Length > 0)
            Remark($"{columns.Doubled} stands more than once; the first is read, the others are kept as columns");
    }

    /// <summary>Starts a spectrum in the same table.</summary>
    public void Split(string label)
    {
        Close();
        _label = label;
    }

    public void Remark(string remark) => _remarks.Add(remark);

    /// <summary>Takes the current line; rows with frequency 0 (direct current) are passed over, and so is a last row that is cut off.</summary>
    public void Add()
    {
        _end = lines.Start + lines.Length;
        if (lines.IsOpen && IsCutOff())
        {
            _cutOff = lines.Number;
            Remark($"row {lines.Number} is cut off, left out");
            return;
        }

        var row = Read();
        if (row.Frequency == 0)
        {
            _skipped++;
            return;
        }

        if (lines.IsOpen && _columns!.Use(_cells - 1).Role is ColumnRole.Real or ColumnRole.Imaginary or ColumnRole.Modulus or ColumnRole.Phase)
            Remark($"row {lines.Number} ends without a line end: if the file was cut off, its last value may be short");
        _points.Add(row.Frequency, row.Real, row.Imaginary, row.Time, lines.Start);
        _phaseAgreement += double.IsNaN(row.Phase) ? 0 : Math.Sign(row.Imaginary) * Math.Sin(row.Phase);
    }

    /// <summary>The spectra; at least one.</summary>
    public IReadOnlyList<ImportedSpectrum> Finish()
    {
        Close();
        if (_spectra.Count > 0)
            return _spectra;
        throw _cutOff > 0 ? lines.Wrong("the table is cut off in its first row; export the spectrum again")
            : lines.Wrong($"the file holds no points{(_skipped > 0 ? " but those of frequency 0" : "")}; export the spectrum again");
    }

    private Row Read()
    {
        var columns = _columns!;
        var row = Row.Empty;
        var cells = new Cells(lines.Current, _separator);
        var loop = 0;
        while (cells.Next())
        {
            if (cells.Index >= columns.Names.Length && !cells.Current.IsEmpty)
                throw TooMany(cells.Current, cells.Index, cells.Start);
            var use = columns.Use(cells.Index);
            if (use.Role == ColumnRole.Loop)
                Turn(loop++, cells.Start, cells.Current.Length);
            else if (use.Role != ColumnRole.Other)
                Take(ref row, use, cells.Current, cells.Start + 1);
        }

        _cells = cells.Index + 1;
        if (row.Frequency == 0)
            return row;
        if (columns.IsPolar)
            (row.Real, row.Imaginary) = (row.Modulus * Math.Cos(row.Phase), row.Modulus * Math.Sin(row.Phase));
        if (double.IsNaN(row.Frequency) || double.IsNaN(row.Real) || double.IsNaN(row.Imaginary))
            throw lines.Wrong($"the row has {_cells} cells, which is too few for frequency and impedance; the file may be cut off, export it again");
        return row;
    }

    private SpectrumFileException TooMany(ReadOnlySpan<char> cell, int index, int start) => lines.Wrong(
        start + 1,
        $"{SpectrumText.Quoted(cell)} is cell {index + 1} of a row under {_columns!.Names.Length} names; decimal commas must not separate cells");

    /// <summary>Values that are needed must be numbers; phase beside Re and Im, and time, need not.</summary>
    private void Take(ref Row row, ColumnName use, ReadOnlySpan<char> cell, int column)
    {
        if (row.Frequency == 0)
            return;
        var isNumber = SpectrumText.IsNumber(cell, out var read) && double.IsFinite(read * use.Factor);
        var value = isNumber ? read * use.Factor : double.NaN;
        var isNeeded = use.Role is not ColumnRole.Time && (use.Role is not ColumnRole.Phase || _columns!.IsPolar);
        if (isNeeded && !isNumber)
            throw lines.Wrong(column, $"{SpectrumText.Quoted(cell)} is no finite number; delete the row or export the spectrum again");
        switch (use.Role)
        {
            case ColumnRole.Frequency when value < 0:
                throw lines.Wrong(column, $"{SpectrumText.Quoted(cell)}: frequencies are numbers above 0; delete the row or export the spectrum again");
            case ColumnRole.Modulus when value < 0:
                throw lines.Wrong(column, $"{SpectrumText.Quoted(cell)}: a modulus is not below 0; delete the row or export the spectrum again");
            case ColumnRole.Frequency:
                row.Frequency = value;
                break;
            case ColumnRole.Real:
                row.Real = value;
                break;
            case ColumnRole.Imaginary:
                row.Imaginary = value;
                break;
            case ColumnRole.Modulus:
                row.Modulus = value;
                break;
            case ColumnRole.Phase:
                row.Phase = value;
                break;
            default:
                row.Time = value;
                break;
        }
    }

    /// <summary>Closes the spectrum where a loop column changes.</summary>
    private void Turn(int loop, int start, int length)
    {
        var place = (lines.Start + start, length);
        if (loop == _loops.Count)
        {
            _loops.Add(place);
            return;
        }

        if (!lines.Text.AsSpan(_loops[loop].Start, _loops[loop].Length).SequenceEqual(lines.Text.AsSpan(place.Item1, length)))
            Close();
        _loops[loop] = place;
    }

    /// <summary>An open last line is cut off where it is shorter than the row before, lacks a value, or ends in half a number.</summary>
    private bool IsCutOff()
    {
        var (found, endsInNumber) = (0, true);
        var cells = new Cells(lines.Current, _separator);
        while (cells.Next())
        {
            var role = _columns!.Use(cells.Index).Role;
            var isValue = role is ColumnRole.Frequency or ColumnRole.Real or ColumnRole.Imaginary
                || (_columns.IsPolar && role is ColumnRole.Modulus or ColumnRole.Phase);
            found += isValue ? 1 : 0;
            endsInNumber = !isValue || SpectrumText.IsNumber(cells.Current, out _);
        }

        return cells.Index + 1 < _cells || found < 3 || !endsInNumber;
    }

    private void Close()
    {
        if (_columns is not null && Count > 0)
        {
            if (_spectra.Count == SpectraMax)
                throw lines.Wrong($"the file holds more than {SpectraMax} spectra; split it");
            _spectra.Add(Spectrum(_columns));
            _remarks.Clear();
            (_first, _skipped) = (_points.Count, 0);
        }

        _phaseAgreement = 0;
    }

    private ImportedSpectrum Spectrum(NamedColumns columns)
    {
        if (_phaseAgreement < 0 && columns.TakesSignFromPhase)
            _points.Conjugate(_first);
        else if (_phaseAgreement < 0 && !columns.IsPolar)
            Remark("Im Z and the phase differ in sign; Im Z is taken as its name says");
        if (_skipped > 0)
            Remark($"rows with frequency 0 (direct current) left out: {_skipped}");
        var hasNone = !columns.HasTimes || (TakesZerosForNoTimes && _points.HaveZeroTimes(_first));
        var withTimes = !hasNone && _points.HaveTimes(_first);
        if (!hasNone && !withTimes)
            Remark("the time column does not give a time for each point and is kept as text");
        try
        {
            var header = new SpectrumHeader(lines.Text, _header.File, _header.Table);
            return new(_points.Data(_first, withTimes), format, Label(columns), Others(columns, withTimes), header, Aborted, [.. _remarks]);
        }
        catch (ArgumentException wrong)
        {
            throw lines.Wrong($"the spectrum that ends here cannot be used: {wrong.Message}");
        }
    }

    private ImmutableArray<SpectrumColumn> Others(NamedColumns columns, bool withTimes)
    {
        var others = ImmutableArray.CreateBuilder<SpectrumColumn>();
        var rows = _points.Rows(_first);
        for (var i = 0; i < columns.Names.Length; i++)
        {
            var isKept = columns.Use(i).Role switch
            {
                ColumnRole.Other or ColumnRole.Loop => true,
                ColumnRole.Phase => !columns.IsPolar,
                ColumnRole.Time => !withTimes,
                _ => false,
            };
            if (isKept && (columns.Names[i].Length > 0 || i + 1 < columns.Names.Length))
                others.Add(new(columns.Names[i], lines.Text, rows, _separator, i));
        }

        return others.DrainToImmutable();
    }

    private string Label(NamedColumns columns)
    {
        var parts = new List<string>();
        if (_label.Length > 0)
            parts.Add(_label);
        var loop = 0;
        for (var i = 0; i < columns.Names.Length && loop < _loops.Count; i++)
        {
            if (columns.Use(i).Role != ColumnRole.Loop)
                continue;
            var cell = lines.Text.AsSpan(_loops[loop].Start, _loops[loop].Length);
            var value = SpectrumText.IsNumber(cell, out var number) ? FormattableString.Invariant($"{number:G9}") : SpectrumText.Quoted(cell);
            var name = columns.Names[i].Replace(" number", "", StringComparison.OrdinalIgnoreCase).Replace(" #", "", StringComparison.Ordinal);
            parts.Add($"{name} {value}");
            loop++;
        }

        return string.Join(", ", parts);
    }

    /// <summary>What a row gives; NaN where it gives nothing.</summary>
    private record struct Row(double Frequency, double Real, double Imaginary, double Modulus, double Phase, double Time)
    {
        public static Row Empty { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
    }
}

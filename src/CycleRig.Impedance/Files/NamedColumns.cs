using System.Collections.Immutable;

namespace CycleRig.Impedance.Files;

/// <summary>The name line of a table: which column gives what. Of two columns with one meaning the first is read.</summary>
internal sealed class NamedColumns
{
    private const int ColumnsMax = 512;
    private const int ShownMax = 30;

    private readonly ColumnName[] _meanings;

    private NamedColumns(ImmutableArray<string> names, ColumnName[] meanings) => (Names, _meanings) = (names, meanings);

    /// <summary>As written, without quotes; the last may be empty, because instruments end the line with a tab.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Whether Im Z of a column without a minus sign holds -Im Z unless the phase says otherwise.</summary>
    public bool TakesSignFromPhase { get; init; }

    /// <summary>Whether |Z| and phase are read because Re Z or Im Z is missing.</summary>
    public bool IsPolar { get; private set; }

    /// <summary>Name of a column whose meaning an earlier one has, too; empty without such.</summary>
    public string Doubled { get; private set; } = "";

    public bool HasTimes => _meanings.Any(meaning => meaning.Role == ColumnRole.Time);

    /// <summary>Columns without names: frequency, Re Z, Im Z.</summary>
    public static NamedColumns Nameless() => new(["", "", ""], [ColumnName.Parse("freq"), ColumnName.Parse("re"), ColumnName.Parse("im")]);

    /// <summary>Whether a line names a frequency and an impedance.</summary>
    public static bool AreNames(ReadOnlySpan<char> line, char separator)
    {
        var (frequency, impedance) = (false, false);
        var cells = new Cells(line, separator);
        while (cells.Next() && cells.Index < ColumnsMax && !(frequency && impedance))
        {
            var role = ColumnName.Parse(cells.Current).Role;
            frequency |= role == ColumnRole.Frequency;
            impedance |= role is ColumnRole.Real or ColumnRole.Imaginary or ColumnRole.Modulus;
        }

        return frequency && impedance;
    }

    /// <summary>Whether a line holds units: no number, and the unit of a frequency.</summary>
    public static bool AreUnits(ReadOnlySpan<char> line, char separator)
    {
        var frequency = false;
        var cells = new Cells(line, separator);
        while (cells.Next())
        {
            frequency |= UnitOf(cells.Current).Quantity == ColumnQuantity.Frequency;
            if (SpectrumText.IsNumber(cells.Current, out _))
                return false;
        }

        return frequency;
    }

    /// <summary>Reads the names, and the units where they stand in a line of their own.</summary>
    /// <param name="lines">The current line is where errors are told.</param>
    /// <param name="line">The names.</param>
    /// <param name="separator">Of names and units.</param>
    /// <param name="units">Empty where the names hold the units.</param>
    /// <param name="takesSignFromPhase">See <see cref="TakesSignFromPhase"/>.</param>
    /// <exception cref="SpectrumFileException">A needed column is missing, or its unit is none that can be read.</exception>
    public static NamedColumns Read(
        SpectrumLines lines, ReadOnlySpan<char> line, char separator, ReadOnlySpan<char> units = default, bool takesSignFromPhase = false)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var meanings = new List<ColumnName>();
        var unit = new Cells(units, separator);
        var cells = new Cells(line, separator);
        while (cells.Next())
        {
            if (cells.Index == ColumnsMax)
                throw lines.Wrong(cells.Start + 1, $"the table has more than {ColumnsMax} columns; this is no spectrum file");
            var own = !units.IsEmpty && unit.Next() ? UnitOf(unit.Current) : default;
            names.Add(cells.Current.ToString());
            meanings.Add(ColumnName.Parse(cells.Current, own));
        }

        var columns = new NamedColumns(names.DrainToImmutable(), [.. meanings]) { TakesSignFromPhase = takesSignFromPhase };
        columns.Choose(lines);
        return columns;
    }

    /// <summary>What the column is read as; Other where it is only kept.</summary>
    public ColumnName Use(int index) => index < _meanings.Length ? _meanings[index] : default;

    private static ColumnUnit UnitOf(ReadOnlySpan<char> cell) =>
        ColumnUnit.Parse(cell.Length > 2 && cell[0] is '(' or '[' && cell[^1] is ')' or ']' ? cell[1..^1] : cell);

    /// <summary>Keeps the meaning of the columns that are read and takes it from all others.</summary>
    private void Choose(SpectrumLines lines)
    {
        var areal = Array.FindIndex(_meanings, meaning => meaning.Quantity == ColumnQuantity.ArealResistance);
        var (frequency, real, imaginary) = (First(ColumnRole.Frequency), First(ColumnRole.Real), First(ColumnRole.Imaginary));
        var (modulus, phase, time) = (First(ColumnRole.Modulus), First(ColumnRole.Phase), First(ColumnRole.Time));
        if (frequency < 0)
            throw lines.Wrong($"no column for the frequency; write `freq/Hz`. Columns: {Shown()}");
        IsPolar = (real < 0 || imaginary < 0) && modulus >= 0 && phase >= 0;
        if (!IsPolar && (real < 0 || imaginary < 0))
        {
            throw lines.Wrong(areal >= 0
                ? $"{SpectrumText.Quoted(Names[areal])} is an impedance times area; divide it by the area and write the unit Ohm"
                : $"no column for {(real < 0 ? "Re Z" : "Im Z")}; write `{(real < 0 ? "Re(Z)/Ohm" : "-Im(Z)/Ohm")}`. Columns: {Shown()}");
        }

        if (IsPolar && _meanings[phase].Quantity == ColumnQuantity.None)
            throw lines.Wrong($"{SpectrumText.Quoted(Names[phase])} names no unit; write `Phase/deg` or `Phase/rad`");
        int[] used = IsPolar ? [frequency, modulus, phase, time] : [frequency, real, imaginary, phase, time];
        for (var i = 0; i < _meanings.Length; i++)
        {
            if (used.Contains(i) || _meanings[i].Role == ColumnRole.Loop)
                continue;
            if (!IsPolar && _meanings[i].Role is ColumnRole.Frequency or ColumnRole.Real or ColumnRole.Imaginary && !IsAreal(i))
                Doubled = SpectrumText.Quoted(Names[i]);
            _meanings[i] = default;
        }

        if (TakesSignFromPhase && !IsPolar)
            _meanings[imaginary] = _meanings[imaginary] with { Factor = -Math.Abs(_meanings[imaginary].Factor) };
    }

    private int First(ColumnRole role) =>
        Array.FindIndex(_meanings, meaning => meaning.Role == role && meaning.Quantity != ColumnQuantity.ArealResistance);

    private bool IsAreal(int index) => _meanings[index].Quantity == ColumnQuantity.ArealResistance;

    private string Shown() =>
        string.Join(", ", Names.Take(ShownMax).Select(name => SpectrumText.Quoted(name))) + (Names.Length > ShownMax ? ", …" : "");
}

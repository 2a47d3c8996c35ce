namespace CycleRig.Impedance.Files;

/// <summary>Reads spectra from instrument exports: BioLogic .mpt and comma-, semicolon- or tab-separated text. Columns go by name.</summary>
public static class SpectrumFile
{
    private static readonly string[] FrequencyNames = ["freq/Hz", "frequency_Hz", "frequency/Hz", "freq", "f", "frequency", "f/Hz", "Frequency (Hz)"];
    private static readonly string[] RealNames = ["Re(Z)/Ohm", "zre_ohm", "zreal", "Z'", "Re(Z)", "re", "Zreal", "real", "Z' (Ohm)"];
    private static readonly string[] ImaginaryNames = ["Im(Z)/Ohm", "zim_ohm", "zimag", "Z''", "Im(Z)", "im", "Zimag", "imag", "Z'' (Ohm)"];
    private static readonly string[] NegativeNames = ["-Im(Z)/Ohm", "-Im(Z)", "-zimag", "-Z''", "-Z'' (Ohm)"];
    private static readonly string[] LoopNames = ["cycle number", "spectrum"];

    /// <summary>Reads all spectra of a file, at least one.</summary>
    /// <param name="path">An .mpt file or separated text.</param>
    /// <exception cref="SpectrumFileException">The file cannot be read.</exception>
    public static IReadOnlyList<ImpedanceData> Read(string path)
    {
        var lines = SpectrumText.Lines(path);
        return lines[0].Contains("ASCII FILE", StringComparison.OrdinalIgnoreCase) || Path.GetExtension(path).Equals(".mpt", StringComparison.OrdinalIgnoreCase)
            ? Mpt(path, lines)
            : Separated(path, lines);
    }

    private static IReadOnlyList<ImpedanceData> Mpt(string path, string[] lines)
    {
        var header = 1;
        if (lines.Length > 1 && lines[1].StartsWith("Nb header lines", StringComparison.Ordinal))
        {
            var text = lines[1][(lines[1].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            if (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out header) || header < 1)
                throw new SpectrumFileException(path, 2, $"`{text}` is no number of header lines; the file was changed, export it again");
        }

        if (header > lines.Length)
            throw new SpectrumFileException(path, lines.Length, $"the header should have {header} lines; the file is cut off, export it again");
        return Table(path, lines, header - 1, '\t');
    }

    private static IReadOnlyList<ImpedanceData> Separated(string path, string[] lines)
    {
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0)
            throw new SpectrumFileException(path, 1, "the file is empty; export the spectrum again");
        var separator = lines[first].Contains('\t', StringComparison.Ordinal) ? '\t' : lines[first].Contains(';', StringComparison.Ordinal) ? ';' : ',';
        if (SpectrumText.Number(lines[first].Split(separator)[0]) is null)
            return Table(path, lines, first, separator);
        // Without a header the order is frequency, Re Z, Im Z.
        var table = new SpectrumTable(path, 0, 1, 2, 1, -1);
        return Rows(table, lines, first, separator);
    }

    private static IReadOnlyList<ImpedanceData> Table(string path, string[] lines, int header, char separator)
    {
        var names = lines[header].Split(separator).Select(name => name.Trim().Trim('"')).ToArray();
        var negative = Find(names, NegativeNames);
        var imaginary = negative >= 0 ? negative : Find(names, ImaginaryNames);
        var (frequency, real) = (Find(names, FrequencyNames), Find(names, RealNames));
        if (frequency < 0)
            throw new SpectrumFileException(path, header + 1, $"no column for the frequency; write `{FrequencyNames[0]}`. Columns: {string.Join(", ", names)}");
        if (real < 0 || imaginary < 0)
            throw new SpectrumFileException(path, header + 1, $"no column for {(real < 0 ? "Re Z" : "Im Z")}; write `{(real < 0 ? RealNames[0] : NegativeNames[0])}`. Columns: {string.Join(", ", names)}");
        var table = new SpectrumTable(path, frequency, real, imaginary, negative >= 0 ? -1 : 1, Find(names, LoopNames));
        return Rows(table, lines, header + 1, separator);
    }

    private static IReadOnlyList<ImpedanceData> Rows(SpectrumTable table, string[] lines, int first, char separator)
    {
        for (var i = first; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
                table.Add(lines[i].Split(separator), i + 1);
        }

        return table.Finish(lines.Length);
    }

    private static int Find(string[] names, string[] known) =>
        known.Select(name => Array.FindIndex(names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(index => index >= 0, -1);
}

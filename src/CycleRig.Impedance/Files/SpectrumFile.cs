namespace CycleRig.Impedance.Files;

/// <summary>
/// Reads spectra from files of instruments: BioLogic .mpt, Gamry .DTA, ZView .z, Autolab, PARSTAT, VersaStudio, PowerSuite, CH Instruments,
/// Zahner, PalmSens, CycleRig's JSON, and separated text. Columns go by name; what stands in a file decides who reads it.
/// </summary>
public static class SpectrumFile
{
    /// <summary>Who recognises a text and reads it; the first wins, and separated text is what nobody recognises.</summary>
    private static readonly (Func<SpectrumLines, bool> Recognises, Func<SpectrumLines, IReadOnlyList<ImportedSpectrum>> Read)[] Readers =
    [
        (BioLogicFile.Recognises, BioLogicFile.Read),
        (GamryFile.Recognises, GamryFile.Read),
        (ZViewFile.Recognises, ZViewFile.Read),
        (AutolabFile.Recognises, AutolabFile.Read),
        (VersaStudioFile.Recognises, VersaStudioFile.Read),
        (ParstatFile.Recognises, ParstatFile.Read),
        (PowerSuiteFile.Recognises, PowerSuiteFile.Read),
        (ChInstrumentsFile.Recognises, ChInstrumentsFile.Read),
        (PalmSensFile.Recognises, PalmSensFile.Read),
        (ZahnerFile.Recognises, ZahnerFile.Read),
        (_ => true, SeparatedFile.Read),
    ];

    /// <summary>Reads all spectra of a file, at least one.</summary>
    /// <exception cref="SpectrumFileException">The file cannot be read.</exception>
    public static IReadOnlyList<ImportedSpectrum> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new SpectrumFileException(path, 1, "no such file; check the path");
        if (file.Length > SpectrumText.BytesMax)
            throw new SpectrumFileException(path, 1, $"the file is larger than {SpectrumText.BytesMax >> 20} MiB; give a smaller one");
        try
        {
            return Read(path, File.ReadAllBytes(path));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SpectrumFileException($"{path}:1:1: the file cannot be opened ({wrong.Message}); check its rights", wrong);
        }
    }

    /// <summary>Reads all spectra of a file's content, at least one.</summary>
    /// <param name="name">For messages; its extension is a hint where the content leaves the format open.</param>
    /// <param name="content">The bytes of the file.</param>
    /// <exception cref="SpectrumFileException">The content cannot be read.</exception>
    public static IReadOnlyList<ImportedSpectrum> Read(string name, ReadOnlySpan<byte> content)
    {
        if (SpectrumJson.Recognises(content))
            return SpectrumJson.Read(name, content);
        var lines = new SpectrumLines(name, SpectrumText.Decoded(name, content));
        foreach (var (recognises, read) in Readers)
        {
            var isRecognised = recognises(lines);
            lines.Rewind();
            if (isRecognised)
                return read(lines);
        }

        throw new System.Diagnostics.UnreachableException("The last reader takes everything.");
    }
}

using System.Text.Json;

namespace CycleRig.Impedance.Files;

/// <summary>
/// CycleRig's document of spectra: `{"format":"cyclerig-spectra","version":1,"spectra":[{"label":"","frequenciesHz":[…],"realOhms":[…],
/// "imaginaryOhms":[…],"timesSeconds":[…]}]}`; times may be missing, unknown keys are passed over.
/// </summary>
internal static class SpectrumJson
{
    public const string Format = "cyclerig-spectra";
    public const int Version = 1;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static bool Recognises(ReadOnlySpan<byte> content) => Unmarked(content).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    public static IReadOnlyList<ImportedSpectrum> Read(string file, ReadOnlySpan<byte> content)
    {
        if (content.Length > SpectrumText.BytesMax)
            throw new SpectrumFileException(file, 1, $"the file is larger than {SpectrumText.BytesMax >> 20} MiB; give a smaller one");
        var json = Unmarked(content);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return Document(file, json, ref reader);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            var (line, column) = wrong is JsonException { LineNumber: { } number, BytePositionInLine: { } at } ? (number + 1, at + 1) : (1, 1);
            throw new SpectrumFileException(file, (int)line, (int)column, "this is no JSON document of spectra, or it is cut off; export it again");
        }
    }

    private static List<ImportedSpectrum> Document(string file, ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        var spectra = new List<ImportedSpectrum>();
        var (format, version) = ("", 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("format"u8))
                format = Text(ref reader);
            else if (reader.ValueTextEquals("version"u8))
                version = reader.Read() && reader.TryGetInt32(out var number) ? number : 0;
            else if (reader.ValueTextEquals("spectra"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                    spectra.Add(Spectrum(file, json, ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Read())
            throw new JsonException();
        if (format != Format)
            throw new SpectrumFileException(file, 1, $"`format` is {SpectrumText.Quoted(format)}, not `{Format}`; give a file that CycleRig wrote");
        if (version is < 1 or > Version)
            throw new SpectrumFileException(file, 1, $"`version` is {version}; this program reads {Version}, use a newer one");
        return spectra.Count > 0 ? spectra : throw new SpectrumFileException(file, 1, "the file holds no spectra; export it again");
    }

    private static ImportedSpectrum Spectrum(string file, ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        var line = 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
        var label = "";
        double[] frequencies = [], reals = [], imaginaries = [], times = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("label"u8))
                label = Text(ref reader);
            else if (reader.ValueTextEquals("frequenciesHz"u8))
                frequencies = Numbers(ref reader);
            else if (reader.ValueTextEquals("realOhms"u8))
                reals = Numbers(ref reader);
            else if (reader.ValueTextEquals("imaginaryOhms"u8))
                imaginaries = Numbers(ref reader);
            else if (reader.ValueTextEquals("timesSeconds"u8))
                times = Numbers(ref reader);
            else
                reader.Skip();
        }

        if (frequencies.Length == 0)
            throw new SpectrumFileException(file, line, "the spectrum holds no points under `frequenciesHz`; export it again");
        try
        {
            return new(new(frequencies, reals, imaginaries, times), "CycleRig JSON", label, [], new("", ..0, ..0), false, []);
        }
        catch (ArgumentException wrong)
        {
            throw new SpectrumFileException(file, line, $"the spectrum cannot be used: {wrong.Message}");
        }
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    /// <summary>An array of its final length: the numbers are counted first.</summary>
    private static double[] Numbers(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var ahead = reader;
        var count = 0;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.Number)
            count++;
        var numbers = new double[count];
        for (var i = 0; i < count && reader.Read(); i++)
            numbers[i] = reader.GetDouble();
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? numbers : throw new JsonException();
    }

    private static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> content) => content.StartsWith(Mark) ? content[Mark.Length..] : content;
}

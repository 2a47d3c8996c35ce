using System.Globalization;
using System.Text.Json;

namespace CycleRig.Impedance.Files;

/// <summary>Writes spectra for other programs. Numbers have as many digits as it takes to read the same value back.</summary>
public static class SpectrumWriter
{
    /// <summary>Writes `frequency_Hz,zre_ohm,zim_ohm`, and `time_s` where times are known; point as decimal mark, LF.</summary>
    public static void WriteCsv(TextWriter output, ImpedanceData data)
    {
        var hasTimes = data.TimesSeconds.Length > 0;
        output.Write($"frequency_Hz,zre_ohm,zim_ohm{(hasTimes ? ",time_s" : "")}\n");
        for (var i = 0; i < data.Count; i++)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{data.FrequenciesHz[i]:R},{data.RealOhms[i]:R},{data.ImaginaryOhms[i]:R}"));
            output.Write(hasTimes ? string.Create(CultureInfo.InvariantCulture, $",{data.TimesSeconds[i]:R}\n") : "\n");
        }
    }

    /// <summary>
    /// Writes a ZView file, `ZPLOT2 ASCII`: tabs and CR LF. Amplitude, bias and range are not known and written as 0, and so is the time where
    /// it is not known; a file whose times are all 0 is read back without times.
    /// </summary>
    public static void WriteZView(TextWriter output, ImpedanceData data)
    {
        output.Write("ZPLOT2 ASCII\r\n  Measured Data, CycleRig:    1\r\n  Experiment Type:            Sweep Frequency\r\n");
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  Data Points:                {data.Count}\r\n"));
        output.Write("  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\r\nEnd Comments\r\n");
        for (var i = 0; i < data.Count; i++)
        {
            var time = data.TimesSeconds.Length > 0 ? data.TimesSeconds[i] : 0;
            output.Write(string.Create(
                CultureInfo.InvariantCulture, $"{data.FrequenciesHz[i]:R}\t0\t0\t{time:R}\t{data.RealOhms[i]:R}\t{data.ImaginaryOhms[i]:R}\t0\t0\t0\r\n"));
        }
    }

    /// <summary>Writes a versioned JSON document of spectra with their labels.</summary>
    /// <param name="output">Takes UTF-8 without a mark.</param>
    /// <param name="spectra">At least one, for the document to be read back.</param>
    public static void WriteJson(Stream output, IEnumerable<(string Label, ImpedanceData Data)> spectra)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("format", SpectrumJson.Format);
        writer.WriteNumber("version", SpectrumJson.Version);
        writer.WriteStartArray("spectra");
        foreach (var (label, data) in spectra)
        {
            writer.WriteStartObject();
            writer.WriteString("label", label);
            Numbers(writer, "frequenciesHz", data.FrequenciesHz);
            Numbers(writer, "realOhms", data.RealOhms);
            Numbers(writer, "imaginaryOhms", data.ImaginaryOhms);
            if (data.TimesSeconds.Length > 0)
                Numbers(writer, "timesSeconds", data.TimesSeconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter writer, string key, IEnumerable<double> values)
    {
        writer.WriteStartArray(key);
        foreach (var value in values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}

using System.Text;
using CsCheck;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class SpectrumWriterTests
{
    private static readonly Gen<double> Finite = Gen.Double.Where(double.IsFinite);

    private static readonly Gen<ImpedanceData> Data =
        from count in Gen.Int[1, 30]
        from frequencies in Gen.Double[1e-6, 1e9].Array[count]
        from reals in Finite.Array[count]
        from imaginaries in Finite.Array[count]
        from times in Gen.Bool.SelectMany(known => known ? Finite.Array[count] : Gen.Const(Array.Empty<double>()))
        where count == 1 || frequencies.Distinct().Count() > 1
        select new ImpedanceData(frequencies, reals, imaginaries, times);

    [Fact]
    public void What_is_written_as_CSV_is_read_back_to_the_bit() => Data.Sample(data => RoundTrip(data, Text(data, SpectrumWriter.WriteCsv), "separated text"));

    [Fact]
    public void What_is_written_for_ZView_is_read_back_to_the_bit() =>
        Data.Where(data => data.TimesSeconds.Length == 0 || data.TimesSeconds.Any(time => time != 0)).Sample(data => RoundTrip(data, Text(data, SpectrumWriter.WriteZView), "ZView .z"));

    [Fact]
    public void What_is_written_as_JSON_is_read_back_to_the_bit_with_its_label() => Gen.Select(Data, Data, Gen.String).Sample((first, second, label) =>
    {
        // A lone surrogate is no text and has no JSON.
        var plain = string.Concat(label.Where(sign => !char.IsSurrogate(sign)));
        using var output = new MemoryStream();
        SpectrumWriter.WriteJson(output, [(plain, first), ("", second)]);
        var read = SpectrumFile.Read("a.json", output.ToArray());
        Assert.Equal([plain, ""], read.Select(spectrum => spectrum.Label));
        Same(first, read[0].Data);
        Same(second, read[1].Data);
    });

    [Fact]
    public void The_ZView_file_has_the_lines_that_ZView_looks_for()
    {
        var lines = Text(new([1000, 100], [1, 2], [-1, -2]), SpectrumWriter.WriteZView).Split("\r\n");
        Assert.Equal("ZPLOT2 ASCII", lines[0]);
        Assert.Equal("  Data Points:                2", lines[3]);
        Assert.Equal(["  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange", "End Comments", "1000\t0\t0\t0\t1\t-1\t0\t0\t0"], lines[4..7]);
    }

    [Theory]
    [InlineData("{\"format\":\"other\",\"version\":1,\"spectra\":[]}", "`format` is `other`")]
    [InlineData("{\"format\":\"cyclerig-spectra\",\"version\":2,\"spectra\":[]}", "`version` is 2")]
    [InlineData("{\"format\":\"cyclerig-spectra\",\"version\":1,\"spectra\":[]}", "holds no spectra")]
    [InlineData("{\"format\":\"cyclerig-spectra\",\n\"version\":1,\"spectra\":[{\"frequenciesHz\":[1,2],\"realOhms\":[1]}]}", "a.json:2:1: the spectrum cannot be used")]
    [InlineData("{\"format\":\"cyclerig-spectra\",\n \"version\":1,\"spectra\":[{\"frequenciesHz\":[1,2", "a.json:2:")]
    public void Another_or_broken_document_is_refused(string json, string expected) => Assert.Contains(
        expected, Assert.Throws<SpectrumFileException>(() => SpectrumFile.Read("a.json", Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    private static string Text(ImpedanceData data, Action<TextWriter, ImpedanceData> write)
    {
        using var output = new StringWriter();
        write(output, data);
        return output.ToString();
    }

    private static void RoundTrip(ImpedanceData data, string text, string format)
    {
        var read = Assert.Single(SpectrumFile.Read("a.txt", Encoding.UTF8.GetBytes(text)));
        Assert.Equal(format, read.Format);
        Assert.Empty(read.Remarks);
        Same(data, read.Data);
    }

    private static void Same(ImpedanceData expected, ImpedanceData read)
    {
        Assert.Equal(Bits(expected.FrequenciesHz), Bits(read.FrequenciesHz));
        Assert.Equal(Bits(expected.RealOhms), Bits(read.RealOhms));
        Assert.Equal(Bits(expected.ImaginaryOhms), Bits(read.ImaginaryOhms));
        Assert.Equal(Bits(expected.TimesSeconds), Bits(read.TimesSeconds));
    }

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);
}

using System.Collections.Immutable;
using CsCheck;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

public sealed class JournalRecordTests
{
    private static readonly Gen<double> Any = Gen.Long.Select(BitConverter.Int64BitsToDouble);

    [Fact]
    public void Samples_come_back_to_the_bit() =>
        Any.Array[6, 120].Sample(values =>
        {
            var samples = values.Chunk(6).Where(row => row.Length == 6)
                .Select(row => new Sample(row[0], row[1], row[2], row[3], row[4], row[5])).ToArray();
            var back = JournalRecord.Samples("ch-1", Guid.Empty, default, samples).DecodeSamples();
            Assert.Equal(samples.SelectMany(Bits), back.SelectMany(Bits));
        });

    [Fact]
    public void Spectra_come_back_to_the_bit() =>
        Gen.Select(Gen.Int, Any, Any.Array[0, 140]).Sample((index, start, values) =>
        {
            var points = values.Chunk(7).Where(row => row.Length == 7)
                .Select(row => new SpectrumPoint(row[0], row[1], row[2], row[3], row[4], row[5], row[6])).ToImmutableArray();
            var spectrum = new Spectrum(index, start, points);
            var back = new JournalRecord("ch-1", null, RecordKind.Spectrum, 1, 0, default, SpectrumColumns.Encode(spectrum)).DecodeSpectrum();
            Assert.Equal(index, back.Index);
            Assert.Equal(Bits(points), Bits(back.Points));
        });

    [Fact]
    public void A_cut_payload_is_an_error_not_a_short_batch()
    {
        var whole = JournalRecord.Samples("ch-1", Guid.Empty, default, [default, default]);
        Assert.Throws<FormatException>(() => (whole with { Payload = whole.Payload[..^1] }).DecodeSamples());
    }

    private static long[] Bits(Sample sample) =>
        [.. new[] { sample.TimeSeconds, sample.CurrentAmperes, sample.Volts, sample.TemperatureCelsius, sample.PressureMegapascals, sample.ChargeCoulombs }
            .Select(BitConverter.DoubleToInt64Bits)];

    private static IEnumerable<long> Bits(ImmutableArray<SpectrumPoint> points) =>
        points.SelectMany(point => new[]
        {
            point.FrequencyHz, point.RealOhms, point.ImaginaryOhms, point.TimeSeconds, point.CurrentAmperes, point.TemperatureCelsius,
            point.PressureMegapascals,
        }).Select(BitConverter.DoubleToInt64Bits);
}

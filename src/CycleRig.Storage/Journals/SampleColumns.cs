using System.Buffers.Binary;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Journals;

/// <summary>
/// Payload of a batch of samples: int32 count, then the columns time_s, current_A, voltage_V, temperature_C, pressure_MPa, charge_C.
/// Temperature and pressure stay in the unit of <see cref="Sample"/>, so that a detector rebuilt from the journal sees the same bits.
/// </summary>
internal static class SampleColumns
{
    public const int Version = 1;
    private const int Header = 4;
    private const int Count = 6;

    public static byte[] Encode(ReadOnlySpan<Sample> samples)
    {
        var payload = new byte[Header + 8 * Count * samples.Length];
        BinaryPrimitives.WriteInt32LittleEndian(payload, samples.Length);
        for (var row = 0; row < samples.Length; row++)
        {
            var sample = samples[row];
            Columns.Write(payload, Header, samples.Length, 0, row, sample.TimeSeconds);
            Columns.Write(payload, Header, samples.Length, 1, row, sample.CurrentAmperes);
            Columns.Write(payload, Header, samples.Length, 2, row, sample.Volts);
            Columns.Write(payload, Header, samples.Length, 3, row, sample.TemperatureCelsius);
            Columns.Write(payload, Header, samples.Length, 4, row, sample.PressureMegapascals);
            Columns.Write(payload, Header, samples.Length, 5, row, sample.ChargeCoulombs);
        }

        return payload;
    }

    public static Sample[] Decode(ReadOnlySpan<byte> payload)
    {
        var samples = new Sample[Columns.Rows(payload, Header, Count, "sample")];
        for (var row = 0; row < samples.Length; row++)
        {
            samples[row] = new(
                Columns.Read(payload, Header, samples.Length, 0, row),
                Columns.Read(payload, Header, samples.Length, 1, row),
                Columns.Read(payload, Header, samples.Length, 2, row),
                Columns.Read(payload, Header, samples.Length, 3, row),
                Columns.Read(payload, Header, samples.Length, 4, row),
                Columns.Read(payload, Header, samples.Length, 5, row));
        }

        return samples;
    }
}

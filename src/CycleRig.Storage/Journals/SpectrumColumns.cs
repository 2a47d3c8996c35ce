using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Journals;

/// <summary>
/// Payload of a sweep: int32 count, int32 index, double start_s, then the columns frequency_Hz, zre_ohm, zim_ohm, time_s, current_A,
/// temperature_C, pressure_MPa, points in the order of measurement.
/// </summary>
internal static class SpectrumColumns
{
    public const int Version = 1;
    private const int Header = 16;
    private const int Count = 7;

    public static byte[] Encode(Spectrum spectrum)
    {
        var points = spectrum.Points.IsDefault ? [] : spectrum.Points.AsSpan();
        var payload = new byte[Header + 8 * Count * points.Length];
        BinaryPrimitives.WriteInt32LittleEndian(payload, points.Length);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(4), spectrum.Index);
        BinaryPrimitives.WriteDoubleLittleEndian(payload.AsSpan(8), spectrum.StartSeconds);
        for (var row = 0; row < points.Length; row++)
        {
            var point = points[row];
            Columns.Write(payload, Header, points.Length, 0, row, point.FrequencyHz);
            Columns.Write(payload, Header, points.Length, 1, row, point.RealOhms);
            Columns.Write(payload, Header, points.Length, 2, row, point.ImaginaryOhms);
            Columns.Write(payload, Header, points.Length, 3, row, point.TimeSeconds);
            Columns.Write(payload, Header, points.Length, 4, row, point.CurrentAmperes);
            Columns.Write(payload, Header, points.Length, 5, row, point.TemperatureCelsius);
            Columns.Write(payload, Header, points.Length, 6, row, point.PressureMegapascals);
        }

        return payload;
    }

    public static Spectrum Decode(ReadOnlySpan<byte> payload)
    {
        var rows = Columns.Rows(payload, Header, Count, "spectrum");
        var points = new SpectrumPoint[rows];
        for (var row = 0; row < rows; row++)
        {
            points[row] = new(
                Columns.Read(payload, Header, rows, 0, row),
                Columns.Read(payload, Header, rows, 1, row),
                Columns.Read(payload, Header, rows, 2, row),
                Columns.Read(payload, Header, rows, 3, row),
                Columns.Read(payload, Header, rows, 4, row),
                Columns.Read(payload, Header, rows, 5, row),
                Columns.Read(payload, Header, rows, 6, row));
        }

        return new(
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadDoubleLittleEndian(payload[8..]),
            ImmutableCollectionsMarshal.AsImmutableArray(points));
    }
}

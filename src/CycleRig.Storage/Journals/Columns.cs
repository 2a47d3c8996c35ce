using System.Buffers.Binary;

namespace CycleRig.Storage.Journals;

/// <summary>Doubles column by column, little-endian, after a header of some bytes.</summary>
internal static class Columns
{
    public static void Write(Span<byte> payload, int header, int rows, int column, int row, double value) =>
        BinaryPrimitives.WriteDoubleLittleEndian(payload[(header + 8 * (column * rows + row))..], value);

    public static double Read(ReadOnlySpan<byte> payload, int header, int rows, int column, int row) =>
        BinaryPrimitives.ReadDoubleLittleEndian(payload[(header + 8 * (column * rows + row))..]);

    /// <summary>Number of rows, checked against the payload's length.</summary>
    public static int Rows(ReadOnlySpan<byte> payload, int header, int columns, string what)
    {
        if (payload.Length < header)
            throw new FormatException($"A {what} record of {payload.Length} bytes is shorter than its header.");
        var rows = BinaryPrimitives.ReadInt32LittleEndian(payload);
        return rows >= 0 && payload.Length == header + 8L * columns * rows
            ? rows
            : throw new FormatException($"A {what} record says {rows} rows but has {payload.Length} bytes.");
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CycleRig.Storage.Journals;

/// <summary>A record in its place: identity is (channel, epoch, sequence number), order is by sequence number.</summary>
/// <param name="Seq">Sequence number, from 1, one order for the rig.</param>
/// <param name="Epoch">Epoch of the journal in which it was written, from 1.</param>
/// <param name="Record">What was written.</param>
public sealed record JournalRow(long Seq, int Epoch, JournalRecord Record)
{
    private const long NanosecondsPerTick = 100;

    internal static long Nanoseconds(DateTimeOffset utc) => (utc.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick;

    internal static DateTimeOffset FromNanoseconds(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);

    /// <summary>CRC-32C over everything that the row says.</summary>
    internal uint Checksum()
    {
        Span<byte> fixedPart = stackalloc byte[52];
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart, Seq);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[8..], Epoch);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[12..], Record.Version);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[16..], Nanoseconds(Record.Utc));
        BinaryPrimitives.WriteDoubleLittleEndian(fixedPart[24..], Record.TimeSeconds);
        (Record.Run ?? Guid.Empty).TryWriteBytes(fixedPart[32..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[48..], Record.Run is null ? 0 : 1);
        var crc = Crc32C(~0u, fixedPart);
        crc = Crc32C(crc, Encoding.UTF8.GetBytes(Record.Channel + "\n" + Record.Kind.Name()));
        return ~Crc32C(crc, Record.Payload.Span);
    }

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var octet in bytes)
            crc = BitOperations.Crc32C(crc, octet);
        return crc;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace CycleRig.Telemetry.Lines;

/// <summary>
/// InfluxDB line protocol in one growing buffer of UTF-8, a point at a time; nothing is allocated for a point once the buffer is large
/// enough. Doubles are written in the shortest form that reads back to the same bits. Not safe for several threads.
/// </summary>
public sealed class LineBuffer
{
    private const int NumberBytesMax = 32;

    private byte[] _bytes = new byte[4096];
    private int _pointStart;
    private bool _hasField;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Forgets what was written; the room stays.</summary>
    public void Clear() => (Length, _pointStart) = (0, 0);

    /// <summary>Begins a point with its measurement and tags as <see cref="LineHead"/> has written them.</summary>
    /// <param name="head">Measurement and tags, escaped.</param>
    public void Begin(ReadOnlySpan<byte> head)
    {
        _pointStart = Length;
        _hasField = false;
        Append(head);
    }

    /// <summary>Adds a number. Line protocol has no NaN and no infinity: such a value is left out.</summary>
    /// <param name="name">Field, of letters, digits and `_` only.</param>
    /// <param name="value">Any double.</param>
    public void Field(ReadOnlySpan<byte> name, double value)
    {
        if (!double.IsFinite(value))
            return;
        Name(name);
        value.TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">Field, of letters, digits and `_` only.</param>
    /// <param name="value">Any.</param>
    public void Field(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        value.TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        _bytes[Length++] = (byte)'i';
    }

    /// <summary>Adds true or false.</summary>
    /// <param name="name">Field, of letters, digits and `_` only.</param>
    /// <param name="value">Either.</param>
    public void Field(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        Append(value ? "true"u8 : "false"u8);
    }

    /// <summary>Adds a text: within its quotes only `"` and `\` are escaped.</summary>
    /// <param name="name">Field, of letters, digits and `_` only.</param>
    /// <param name="utf8">The text; line breaks stay.</param>
    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        Name(name);
        Room((2 * utf8.Length) + 2);
        _bytes[Length++] = (byte)'"';
        foreach (var octet in utf8)
        {
            if (octet is (byte)'"' or (byte)'\\')
                _bytes[Length++] = (byte)'\\';
            _bytes[Length++] = octet;
        }

        _bytes[Length++] = (byte)'"';
    }

    /// <summary>Adds a text.</summary>
    /// <param name="name">Field, of letters, digits and `_` only.</param>
    /// <param name="text">The text.</param>
    public void Text(ReadOnlySpan<byte> name, string text)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Text(name, utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Ends the point. One without any field is taken back: the protocol has no such points.</summary>
    /// <param name="nanoseconds">Time, ns since 1970 UTC.</param>
    public void End(long nanoseconds)
    {
        if (!_hasField)
        {
            Length = _pointStart;
            return;
        }

        Room(NumberBytesMax);
        _bytes[Length++] = (byte)' ';
        nanoseconds.TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        _bytes[Length++] = (byte)'\n';
    }

    /// <summary>Adds bytes as they are.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Room(name.Length + 2 + NumberBytesMax);
        _bytes[Length++] = _hasField ? (byte)',' : (byte)' ';
        _hasField = true;
        name.CopyTo(_bytes.AsSpan(Length));
        Length += name.Length;
        _bytes[Length++] = (byte)'=';
    }

    private void Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes));
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>
/// The truth of a rig: every sample, spectrum, event and decision in one order, durable. One writer; appends only buffer, a flush makes
/// them durable in one transaction.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly JournalLock _lock;
    private readonly Lock _buffering = new();
    private readonly Lock _flushing = new();
    private List<JournalRow> _buffer = [];
    private long _bufferBytes;
    private long _seq;
    private long _durable;
    private int _volumeNumber;
    private JournalVolume _volume;

    private Journal(string directory, JournalOptions options, JournalLock held)
    {
        (_directory, _options, _lock) = (directory, options, held);
        var volumes = JournalVolume.In(directory);
        _volumeNumber = Math.Max(1, volumes.Length == 0 ? 1 : NumberOf(volumes[^1]));
        var damage = volumes.Length == 0 ? null : CheckedOrSetAside(volumes[^1]);
        if (damage is not null)
            _volumeNumber++;
        _volume = JournalVolume.Open(PathOf(_volumeNumber), writable: true, options.PagesMax);
        using var reader = JournalReader.Open(directory);
        _seq = _durable = reader.LastSeq;
        var epoch = Math.Max(1, reader.LastEpoch);
        Epoch = damage is null ? epoch : epoch + 1;
        OpenReport = new(Epoch, damage is not null || _seq == 0, damage, _seq, [.. reader.Runs().Where(run => run.IsOpen)]);
    }

    /// <summary>What opening found.</summary>
    public JournalOpenReport OpenReport { get; }

    /// <summary>Epoch of the rows that are written now.</summary>
    public int Epoch { get; }

    /// <summary>Highest sequence number that is durable.</summary>
    public long DurableSeq => Interlocked.Read(ref _durable);

    /// <summary>The data folder.</summary>
    public string DataFolder => _directory;

    /// <summary>Opens the journal of a folder, which is made when absent. A damaged newest volume is set aside.</summary>
    /// <exception cref="JournalLockedException">Another process holds it.</exception>
    public static Journal Open(string directory, JournalOptions options)
    {
        Directory.CreateDirectory(directory);
        var held = JournalLock.Take(directory);
        try
        {
            return new(directory, options, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Buffers a record; never waits for the disk. Above the buffer's bound the oldest telemetry becomes one gap record.</summary>
    /// <returns>Its sequence number.</returns>
    public long Append(JournalRecord record)
    {
        lock (_buffering)
        {
            var row = new JournalRow(++_seq, Epoch, record);
            _buffer.Add(row);
            _bufferBytes += Size(row);
            if (_bufferBytes > _options.BufferBytesMax)
                Shed();
            return row.Seq;
        }
    }

    /// <summary>Makes everything durable that was appended before the call.</summary>
    /// <returns>The highest durable sequence number.</returns>
    /// <exception cref="JournalWriteException">The disk is full or broken. What was buffered is kept.</exception>
    public long Flush()
    {
        lock (_flushing)
        {
            List<JournalRow> rows;
            lock (_buffering)
            {
                if (_buffer.Count == 0)
                    return _durable;
                (rows, _buffer, _bufferBytes) = (_buffer, [], 0);
            }

            try
            {
                RollOver(rows[^1].Record.Utc);
                _volume.Append(rows);
            }
            catch (SqliteException full)
            {
                lock (_buffering)
                {
                    rows.AddRange(_buffer);
                    (_buffer, _bufferBytes) = (rows, rows.Sum(Size));
                }

                throw new JournalWriteException(
                    $"{_volume.Path} could not be written ({full.Message}). Nothing is armed until it can; make room on the data disk.", full);
            }

            Interlocked.Exchange(ref _durable, rows[^1].Seq);
            return rows[^1].Seq;
        }
    }

    public void Dispose()
    {
        lock (_flushing)
        {
            _volume.Dispose();
            _lock.Dispose();
        }
    }

    private void RollOver(DateTimeOffset newest)
    {
        var old = _volume.FirstUtcNanoseconds is { } first && newest - JournalRow.FromNanoseconds(first) > _options.VolumeAgeMax;
        if (_volume.Bytes < _options.VolumeBytesMax && !old)
            return;
        _volume.Dispose();
        _volume = JournalVolume.Open(PathOf(++_volumeNumber), writable: true, _options.PagesMax);
    }

    /// <summary>Replaces buffered telemetry by one gap record; what safety rests on stays.</summary>
    private void Shed()
    {
        var shed = _buffer.Where(row => row.Record.Kind.IsTelemetry()).ToList();
        if (shed.Count == 0)
            return;
        _buffer.RemoveAll(row => row.Record.Kind.IsTelemetry());
        var gap = new JsonObject
        {
            ["cause"] = "buffer_full", ["first"] = shed[0].Seq, ["last"] = shed[^1].Seq, ["records"] = shed.Count,
        };
        _buffer.Add(new(++_seq, Epoch, JournalRecord.Json(RecordKind.Gap, "rig", null, shed[^1].Record.TimeSeconds, shed[^1].Record.Utc, gap)));
        _bufferBytes = _buffer.Sum(Size);
    }

    private string? CheckedOrSetAside(string path)
    {
        string? damage;
        try
        {
            using var volume = JournalVolume.Open(path, writable: true, pagesMax: null);
            damage = volume.Damage(_options.RowsCheckedAtOpen);
        }
        catch (SqliteException unreadable)
        {
            damage = unreadable.Message;
        }

        if (damage is null)
            return null;
        var aside = path + ".damaged";
        foreach (var suffix in (ImmutableArray<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
                File.Move(path + suffix, aside + suffix, overwrite: true);
        }

        return $"{Path.GetFileName(path)}: {damage}; set aside as {Path.GetFileName(aside)}";
    }

    private string PathOf(int number) => Path.Combine(_directory, JournalVolume.Name(number));

    private static int NumberOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path).AsSpan("journal-".Length), System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 1;

    private static long Size(JournalRow row) => row.Record.Payload.Length + 200;
}

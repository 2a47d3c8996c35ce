using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>The rig's truth: what channels append, in one order, durable after a flush. One process holds it; readers need no lock.</summary>
public sealed class Journal : IDisposable
{
    private static readonly DateTimeOffset UtcEnd = new(2262, 1, 1, 0, 0, 0, TimeSpan.Zero); // Nanoseconds in 64 bits end there.

    private readonly Lock _gate = new(); // Buffer and numbers.
    private readonly Lock _flushing = new(); // Volume; taken before _gate.
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly JournalLock _lock;
    private readonly CursorFile _cursors;
    private readonly JournalBuffer _buffer;
    private readonly JournalReserve _reserve;
    private readonly GapStamps _gapStamps = new();
    private VolumeWriter _volume;
    private long _lastSeq;
    private long _durableSeq;
    private bool _suspect;
    private bool _disposed;

    private Journal(string directory, JournalOptions options, JournalLock held, JournalOpening opening)
    {
        (_directory, _options, _lock) = (directory, options, held);
        (_cursors, _volume, OpenReport) = (opening.Cursors, opening.Volume, opening.Report);
        _buffer = new(options.BufferBytesMax);
        _reserve = new(directory, options.ReserveBytes);
        _lastSeq = _durableSeq = opening.Report.LastSeq;
        Epoch = opening.Report.Epoch;
        Reader = opening.Reader;
    }

    /// <summary>What opening found.</summary>
    public JournalOpenReport OpenReport { get; }

    /// <summary>Epoch of the rows written now; a failed sync raises it.</summary>
    public int Epoch { get; private set; }

    /// <summary>The data folder.</summary>
    public string DataFolder => _directory;

    /// <summary>Highest sequence number known to be on disk.</summary>
    public long DurableSeq => Interlocked.Read(ref _durableSeq);

    /// <summary>Whether the disk is full and the reserve given up: safety records are written, telemetry becomes gap records.</summary>
    public bool IsOnReserve => _reserve.IsGivenUp;

    /// <summary>Queries on a second connection, also while this one writes.</summary>
    public JournalReader Reader { get; }

    /// <summary>Opens or makes the journal of a directory, and checks its newest volume.</summary>
    /// <exception cref="JournalLockedException">Another process holds it.</exception>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    public static Journal Open(string directory, JournalOptions? options = null, TimeProvider? time = null)
    {
        options ??= JournalOptions.Default;
        JournalLock? held = null;
        try
        {
            Directory.CreateDirectory(directory);
            held = JournalLock.Take(directory);
            return new(directory, options, held, Find(directory, options, time ?? TimeProvider.System));
        }
        catch (Exception failure)
        {
            held?.Dispose();
            if (failure is SqliteException or IOException or UnauthorizedAccessException)
                throw new JournalException($"The journal in {directory} cannot be opened: {failure.Message.TrimEnd('.').ReplaceLineEndings(" ")}. Check the disk: free space, owner.", failure);
            throw;
        }
    }

    /// <summary>Whether a process holds the journal of a directory.</summary>
    public static bool IsHeld(string directory) => JournalLock.IsHeld(directory);

    /// <summary>Takes a record into the buffer; never waits for the disk. The caller's number is durable once <see cref="Flush"/> returns it or more.</summary>
    /// <exception cref="ArgumentException">The record's time is not a finite number, or its date not from 1970 to 2261.</exception>
    public long Append(JournalRecord record)
    {
        if (!double.IsFinite(record.TimeSeconds))
            throw new ArgumentException($"A {record.Kind.Name()} record of {record.Channel} has the time {record.TimeSeconds} s.", nameof(record));
        if (record.Utc < DateTimeOffset.UnixEpoch || record.Utc >= UtcEnd)
            throw new ArgumentException($"A {record.Kind.Name()} record of {record.Channel} has the date {record.Utc:O}.", nameof(record));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _buffer.Add(++_lastSeq, record);
            return _lastSeq;
        }
    }

    /// <summary>Writes what is buffered in one transaction and returns the highest durable number.</summary>
    /// <exception cref="JournalFullException">The disk is full: only safety records were written, into the reserve.</exception>
    /// <exception cref="JournalWriteException">Disk full or broken; the buffer is kept and the next flush tries again.</exception>
    public long Flush()
    {
        lock (_flushing)
        {
            if (_reserve.IsGivenUp)
                _reserve.Fill();
            List<JournalBuffer.Entry> taken;
            long last;
            lock (_gate)
                (taken, last) = (_buffer.Take(), _lastSeq);
            if (taken.Count > 0)
                Store(taken, last);
            return _reserve.IsGivenUp
                ? throw new JournalFullException(
                    $"The disk of {_directory} is full. Decisions, halts and ends of runs are written into the reserve, samples and spectra are given up "
                    + $"and leave gap records. Free {2 * _options.ReserveBytes >> 20} MiB or more; the next flush tries again.", DurableSeq)
                : DurableSeq;
        }
    }

    /// <inheritdoc cref="JournalReader.ReadFrom"/>
    public IReadOnlyList<JournalRow> ReadFrom(long seqExclusive, int max) => Reader.ReadFrom(seqExclusive, max);

    /// <inheritdoc cref="JournalReader.LatestCheckpoint"/>
    public JournalRow? LatestCheckpoint(string channel) => Reader.LatestCheckpoint(channel);

    /// <summary>How far a reader has come; 0 before it first said so.</summary>
    public long GetCursor(string name, CursorKind kind) => _cursors.Get(name, kind);

    /// <summary>Notes, durably, how far a reader has come. A lower number moves only the publish cursor.</summary>
    public void SetCursor(string name, CursorKind kind, long seq) => _cursors.Set(name, kind, seq);

    /// <summary>Removes the oldest volumes whose runs are closed, that all readers have passed and that are old enough; returns how many.</summary>
    public int Retire(DateTimeOffset now)
    {
        lock (_flushing)
        {
            var passed = _cursors.Lowest(_options.Readers);
            var open = Reader.Runs().Where(run => run.IsOpen).Select(run => run.Run).ToHashSet();
            var retired = 0;
            foreach (var (volume, before) in Reader.Volumes())
            {
                if (before == long.MaxValue || passed < before - 1 || !IsOld(volume, before, now, open))
                    break; // Only from the oldest on: no holes.
                Reader.Forget(volume);
                volume.Delete();
                retired++;
            }

            return retired;
        }
    }

    /// <summary>Flushes, closes the files and lets another process open the journal.</summary>
    /// <exception cref="JournalWriteException">The last flush failed; the files are closed all the same.</exception>
    public void Dispose()
    {
        if (_disposed)
            return;
        try
        {
            Flush();
        }
        finally
        {
            lock (_gate)
                _disposed = true;
            Reader.Dispose();
            _volume.Dispose();
            _cursors.Dispose();
            _lock.Dispose();
        }
    }

    private static JournalOpening Find(string directory, JournalOptions options, TimeProvider time)
    {
        try
        {
            return JournalOpening.Of(directory, options, time);
        }
        catch (SqliteException failure) when (failure.IsFull() && JournalReserve.GiveUp(directory))
        {
            return JournalOpening.Of(directory, options, time);
        }
    }

    private void Store(List<JournalBuffer.Entry> taken, long last)
    {
        try
        {
            WriteOrShed(taken);
        }
        catch (Exception failure) when (failure is SqliteException or IOException)
        {
            lock (_gate)
                _buffer.Return(taken);
            throw Failed(failure);
        }

        lock (_gate)
            _buffer.Written();
        Interlocked.Exchange(ref _durableSeq, last);
    }

    private void WriteOrShed(List<JournalBuffer.Entry> taken)
    {
        try
        {
            if (!_reserve.IsGivenUp)
            {
                Write(taken);
                return;
            }
        }
        catch (SqliteException failure) when (failure.IsFull() && _reserve.IsHeld)
        {
            _reserve.GiveUp();
        }

        Write(JournalBuffer.WithoutTelemetry(taken));
    }

    private void Write(List<JournalBuffer.Entry> entries)
    {
        if (_suspect || !_reserve.IsGivenUp && MustRoll(entries[^1].Record.Utc))
        {
            // After a failed sync nobody knows what of the old file is on disk: the rows go to a new epoch's file.
            var epoch = _suspect ? Epoch + 1 : Epoch;
            if (!_suspect)
                _volume.Seal();
            var next = new VolumeWriter(VolumeFile.In(_directory, epoch, entries[0].Seq), _options);
            _volume.Dispose();
            (_volume, Epoch, _suspect) = (next, epoch, false);
        }

        _volume.Write(_gapStamps.Of(entries).Select(entry => new JournalRow(entry.Seq, Epoch, entry.Record)));
        _gapStamps.Written();
    }

    /// <summary>Whether a closed volume's rows are old enough and none belongs to an open run. One that cannot be read goes by its file's date.</summary>
    private bool IsOld(VolumeFile volume, long before, DateTimeOffset now, HashSet<Guid> open) => Reader.TryWith(
        volume,
        before,
        connection => VolumeReader.Newest(connection, 1).All(row => now - row.Record.Utc >= _options.KeepAtLeast)
            && !VolumeReader.Runs(connection).Any(open.Contains),
        out var isOld)
        ? isOld
        : now - File.GetLastWriteTimeUtc(volume.Path) >= _options.KeepAtLeast;

    private bool MustRoll(DateTimeOffset utc) => _volume.FirstNanoseconds is { } first
        && (_volume.Bytes >= _options.VolumeBytesMax || utc - JournalRow.FromNanoseconds(first) >= _options.VolumeAgeMax);

    private JournalWriteException Failed(Exception failure)
    {
        var full = failure is SqliteException cause && cause.IsFull();
        _suspect |= failure is SqliteException broken && broken.IsDamage();
        return new(
            $"The journal in {_directory} could not write: {(full ? "the disk is full" : failure.Message)}. Nothing was lost yet: "
            + $"{_lastSeq - _durableSeq} records wait in memory. {(full ? "Free some space" : "Check the disk")}; the next flush tries again.",
            failure);
    }
}

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>What of one file is on the platter, and what is not there yet for certain.</summary>
internal sealed class FileImage
{
    private const int Sector = 512;

    private readonly List<Change> _changes = [];
    private byte[] _durable;
    private int _length;

    public FileImage(byte[] durable) => (_durable, _length) = (durable, durable.Length);

    public void Write(long offset, ReadOnlySpan<byte> bytes) => _changes.Add(new(offset, bytes.ToArray()));

    public void Truncate(long size) => _changes.Add(new(size, null));

    /// <summary>All that was written is durable, but for what an earlier sync that failed may have dropped.</summary>
    public void Synced()
    {
        foreach (var change in _changes.Where(change => change.State is ChangeState.Pending))
            change.State = ChangeState.Durable;
        if (_changes.TrueForAll(change => change.State is ChangeState.Durable))
        {
            foreach (var change in _changes)
                Apply(change, ref _durable, ref _length, null);
            _changes.Clear();
        }
    }

    /// <summary>A sync failed: the system forgets that these pages are dirty, no later sync writes them.</summary>
    public void SyncFailed()
    {
        foreach (var change in _changes.Where(change => change.State is ChangeState.Pending))
            change.State = ChangeState.Doubtful;
    }

    /// <summary>What is found after a power cut: of what was not synced each write wholly, in some of its sectors, or not at all.</summary>
    public byte[] AfterPowerCut(Random random)
    {
        var (bytes, length) = ((byte[])_durable.Clone(), _length);
        var fate = random.Next(4); // Nothing of it, all of it, or write by write.
        foreach (var change in _changes)
        {
            if (change.State is ChangeState.Durable)
            {
                Apply(change, ref bytes, ref length, null);
                continue;
            }

            switch (fate is 0 or 1 ? fate : random.Next(3))
            {
                case 0:
                    break;
                case 1:
                    Apply(change, ref bytes, ref length, null);
                    break;
                default:
                    Apply(change, ref bytes, ref length, random);
                    break;
            }
        }

        return bytes[..length];
    }

    private static void Apply(Change change, ref byte[] bytes, ref int length, Random? torn)
    {
        var offset = checked((int)change.Offset);
        if (change.Bytes is not { } written)
        {
            if (offset < length)
                bytes.AsSpan(offset, length - offset).Clear();
            Grow(ref bytes, offset);
            length = offset;
            return;
        }

        for (var at = 0; at < written.Length;)
        {
            var upTo = Math.Min(written.Length, ((offset + at) / Sector + 1) * Sector - offset);
            if (torn is null || torn.Next(2) == 0)
            {
                Grow(ref bytes, offset + upTo);
                written.AsSpan(at, upTo - at).CopyTo(bytes.AsSpan(offset + at));
                length = Math.Max(length, offset + upTo);
            }

            at = upTo;
        }
    }

    private static void Grow(ref byte[] bytes, int length)
    {
        if (bytes.Length < length)
            Array.Resize(ref bytes, Math.Max(length, 2 * bytes.Length));
    }

    private enum ChangeState
    {
        Pending,
        Doubtful,
        Durable,
    }

    /// <summary>A write, or without bytes a new length.</summary>
    private sealed record Change(long Offset, byte[]? Bytes)
    {
        public ChangeState State { get; set; }
    }
}

using System.Globalization;

namespace CycleRig.Storage.Journals;

/// <summary>How far a reader of the journal has come, kept in a file of the data folder. It never goes down.</summary>
public sealed class ReaderCursor
{
    private readonly string _path;

    /// <summary>Reads the cursor of a reader; 0 for a new one.</summary>
    /// <param name="directory">Data folder.</param>
    /// <param name="reader">Name of the reader, [a-z0-9-].</param>
    public ReaderCursor(string directory, string reader)
    {
        _path = Path.Combine(directory, $"cursor-{reader}");
        Seq = File.Exists(_path) && long.TryParse(File.ReadAllText(_path), CultureInfo.InvariantCulture, out var seq) ? seq : 0;
    }

    /// <summary>Sequence number of the last row that the reader has passed.</summary>
    public long Seq { get; private set; }

    /// <summary>Moves on; written to a second file and renamed, so that a crash leaves the old or the new.</summary>
    public void Advance(long seq)
    {
        if (seq <= Seq)
            return;
        var next = _path + ".next";
        File.WriteAllText(next, seq.ToString(CultureInfo.InvariantCulture));
        File.Move(next, _path, overwrite: true);
        Seq = seq;
    }
}

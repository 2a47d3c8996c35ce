namespace CycleRig.Storage.Journals;

/// <summary>
/// Room on the disk that is taken beforehand, the file `reserve`: when the disk is full it is given up, so that decisions, halts and the ends
/// of runs can still be written. While it is given up the file is empty; it is filled again when twice its size is free.
/// </summary>
internal sealed class JournalReserve
{
    private const int RoomFactor = 2; // Filling it again may not fill the disk.

    private readonly string _directory;
    private readonly string _path;
    private readonly long _bytes;

    /// <summary>Takes over what is there, or makes it where there is room.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="bytes">Size; 0 for none.</param>
    public JournalReserve(string directory, long bytes)
    {
        (_directory, _path, _bytes) = (directory, In(directory), bytes);
        var length = File.Exists(_path) ? new FileInfo(_path).Length : -1;
        if (bytes == 0)
            File.Delete(_path);
        else if (length != bytes && !Fill() && length > 0)
            IsHeld = true; // Of another size: better than none.
        else
            (IsHeld, IsGivenUp) = (IsHeld || length == bytes, length == 0 && !IsHeld);
    }

    /// <summary>Whether the room is there.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether it was given up and the disk has no room for it yet. It stays so over a restart.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Gives the room up.</summary>
    public void GiveUp()
    {
        GiveUp(_directory);
        (IsHeld, IsGivenUp) = (false, true);
    }

    /// <summary>Gives up what a folder has.</summary>
    /// <returns>Whether there was any.</returns>
    public static bool GiveUp(string directory)
    {
        var path = In(directory);
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return false;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(0);
        file.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>Takes the room again if the disk has it.</summary>
    /// <returns>Whether it is held.</returns>
    public bool Fill()
    {
        if (IsHeld || _bytes == 0)
            return IsHeld;
        var wasGivenUp = IsGivenUp;
        try
        {
            if (new DriveInfo(_directory).AvailableFreeSpace < RoomFactor * _bytes)
                return false;
            using (var file = new FileStream(_path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = _bytes }))
                file.SetLength(_bytes);
            (IsHeld, IsGivenUp) = (true, false);
        }
        catch (IOException)
        {
            // Somebody else was faster.
            if (wasGivenUp && !File.Exists(_path))
                File.Create(_path).Dispose();
        }

        return IsHeld;
    }

    private static string In(string directory) => Path.Combine(directory, "reserve");
}

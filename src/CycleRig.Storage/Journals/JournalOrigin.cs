using System.Globalization;
using System.Text;

namespace CycleRig.Storage.Journals;

/// <summary>
/// Tells the journal from a restored copy of it: a file that says when it was itself made. A copy is made later than it says.
/// Where the file system keeps no birth times it says so and nothing is compared.
/// </summary>
internal static class JournalOrigin
{
    private const string Unknown = "unknown";

    public static string? Difference(string directory)
    {
        var path = PathIn(directory);
        if (!File.Exists(path))
            return "the volumes were copied here";
        var said = File.ReadAllText(path);
        return said == Unknown || said == Birth(path) ? null : "this is a restored copy of a journal";
    }

    public static void Mark(string directory)
    {
        var path = PathIn(directory);
        File.Delete(path);
        File.WriteAllText(path, "");
        var birth = Birth(path);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Write(path, Birth(path) == birth ? birth : Unknown);
        if (Birth(path) != birth)
            Write(path, Unknown);
        FolderSync.Flush(directory);
    }

    private static void Write(string path, string text)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static string PathIn(string directory) => Path.Combine(directory, "journal.origin");

    private static string Birth(string path) => File.GetCreationTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture);
}

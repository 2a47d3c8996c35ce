namespace CycleRig.Storage.Recordings;

/// <summary>Recordings that ran at the same time: those that share a chamber or a press with another of their group.</summary>
public static class RecordingGroups
{
    /// <summary>Groups folders by the ids in their cell.json. One that cannot be read stands alone: its reader tells why.</summary>
    /// <param name="folders">Folders of recordings.</param>
    /// <returns>Numbers of the folders of each group, rising; the groups in the order of their first.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<string> folders)
    {
        int[] first = [.. Enumerable.Range(0, folders.Count)];
        var seen = new Dictionary<(string What, string Id), int>();
        for (var i = 0; i < folders.Count; i++)
        {
            foreach (var shared in Shared(folders[i]))
            {
                if (!seen.TryAdd(shared, i))
                    Join(i, seen[shared]);
            }
        }

        return [.. Enumerable.Range(0, folders.Count).GroupBy(Root).Select(group => (IReadOnlyList<int>)[.. group])];

        int Root(int i) => first[i] == i ? i : Root(first[i]);

        void Join(int one, int other) => first[Math.Max(Root(one), Root(other))] = Math.Min(Root(one), Root(other));
    }

    private static IEnumerable<(string What, string Id)> Shared(string folder)
    {
        try
        {
            var cell = RecordingReader.ReadCell(folder);
            (string What, string? Id)[] ids = [("chamber", cell.Chamber), ("press", cell.Press)];
            return ids.Where(id => !string.IsNullOrEmpty(id.Id)).Select(id => (id.What, id.Id!));
        }
        catch (RecordingException)
        {
            return [];
        }
    }
}

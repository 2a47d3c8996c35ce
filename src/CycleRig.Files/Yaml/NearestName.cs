namespace CycleRig.Files.Yaml;

/// <summary>What a misspelt name was meant to be.</summary>
internal static class NearestName
{
    private const int EditsMax = 2;

    /// <summary>The known name that is at most two edits away, or null.</summary>
    public static string? Of(string text, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Edits: Distance(name, text))).Where(near => near.Edits <= EditsMax).OrderBy(near => near.Edits).Select(near => near.Name).FirstOrDefault();

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[^1];
    }
}

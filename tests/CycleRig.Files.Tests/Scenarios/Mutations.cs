using CsCheck;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests.Scenarios;

/// <summary>A file that is nearly right.</summary>
internal static class Mutations
{
    private static readonly string[] Bits = ["-", "0", "9", "e300", "{", "}", "[", "]", ":", ",", " ", "\n", "NaN", "µ", "none", "a", "\t", "#", "'", "- "];

    /// <summary>Texts with up to four bits put in, or pieces cut out.</summary>
    public static Gen<string> Of(string text) =>
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 12], Gen.Int[0, Bits.Length - 1]).Array[1, 4].Select(changes => changes.Aggregate(text, (now, change) =>
        {
            var (at, cut, bit) = (change.Item1 % now.Length, change.Item2, Bits[change.Item3]);
            return string.Concat(now.AsSpan(0, at), bit, now.AsSpan(Math.Min(now.Length, at + cut)));
        }));

    /// <summary>Nothing but the file's problems ever comes out of reading a mutated file.</summary>
    /// <param name="text">A valid file.</param>
    /// <param name="read">Reads a file.</param>
    public static void AreReadOrRefused(string text, Action<string> read)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "mutated.yaml");
        var refused = 0;
        Of(text).Sample(
            mutated =>
            {
                File.WriteAllText(path, mutated);
                try
                {
                    read(path);
                }
                catch (FileProblemsException wrong)
                {
                    refused++;
                    Assert.All(wrong.Problems, problem => Assert.Matches(@"^.+:\d+:\d+: [^\n]+$", problem.ToString()));
                }
            },
            iter: 1500, threads: 1);
        Assert.True(refused > 100, "hardly any mutation made a bad file");
    }

    /// <summary>A bad file gives a line with place and mend.</summary>
    /// <param name="text">The file.</param>
    /// <param name="line">Line at which it is wrong, or 0 for any.</param>
    /// <param name="expected">Part of the message.</param>
    /// <param name="read">Reads a file.</param>
    public static void IsRefused(string text, int line, string expected, Action<string> read)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "bad.yaml");
        File.WriteAllText(path, text);
        var wrong = Assert.Throws<FileProblemsException>(() => read(path));
        var problem = Assert.Single(wrong.Problems);
        Assert.Contains(expected, problem.What, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
    }
}

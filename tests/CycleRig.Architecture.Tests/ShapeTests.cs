using System.Text.RegularExpressions;
using Xunit;

namespace CycleRig.Architecture.Tests;

/// <summary>What the style says of files: length, names, namespaces.</summary>
public sealed partial class ShapeTests
{
    private const int SourceLinesMax = 300;
    private const int TestLinesMax = 400;

    private static readonly string[] ForbiddenWords = ["Utils", "Common", "Manager", "Helper"];

    [Fact]
    public void Source_files_have_at_most_300_lines_and_test_files_400() => Assert.All(SourceFiles.All(), file =>
        Assert.InRange(File.ReadLines(file).Count(), 0, file.Contains("/tests/", StringComparison.Ordinal) ? TestLinesMax : SourceLinesMax));

    [Fact]
    public void No_file_is_called_after_what_it_is_not() => Assert.All(SourceFiles.All(), file =>
        Assert.DoesNotContain(ForbiddenWords, word => Path.GetFileNameWithoutExtension(file).Contains(word, StringComparison.Ordinal)));

    /// <summary>Clocks and unseeded random are refused by the compiler (BannedSymbols.txt) unless somebody says otherwise.</summary>
    [Fact]
    public void No_product_file_lifts_the_ban_on_clocks_and_chance() => Assert.All(SourceFiles.ProductProjects().Values.SelectMany(SourceFiles.In), file =>
        Assert.DoesNotContain("RS0030", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (var file in SourceFiles.All().Where(file => !file.Contains("/tests/", StringComparison.Ordinal)))
        {
            var declared = File.ReadLines(file).Select(line => NamespacePattern().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
            if (declared is null)
                continue; // Program and assembly attributes.
            var project = Directory.GetParent(file)!;
            while (project.GetFiles("*.csproj").Length == 0)
                project = project.Parent!;
            var folders = Path.GetRelativePath(project.FullName, Path.GetDirectoryName(file)!).Replace('/', '.');
            Assert.Equal(folders == "." ? project.Name : $"{project.Name}.{folders}", declared);
        }
    }

    [Fact]
    public void Test_methods_are_sentences()
    {
        foreach (var file in SourceFiles.All().Where(file => file.EndsWith("Tests.cs", StringComparison.Ordinal)))
        {
            var lines = File.ReadAllLines(file);
            for (var i = 0; i < lines.Length - 1; i++)
            {
                if (lines[i].Trim() is "[Fact]" && MethodPattern().Match(lines[i + 1]) is { Success: true } method)
                    Assert.Contains('_', method.Groups[1].Value);
            }
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"public (?:async )?\w[\w<>]* (\w+)\(")]
    private static partial Regex MethodPattern();
}

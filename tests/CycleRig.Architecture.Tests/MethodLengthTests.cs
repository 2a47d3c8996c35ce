using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace CycleRig.Architecture.Tests;

/// <summary>Methods are short enough to be seen at once. Attributes and doc comments do not count.</summary>
public sealed class MethodLengthTests
{
    private const int LinesMax = 60;

    [Fact]
    public void Methods_have_at_most_60_lines() =>
        Assert.Equal("", string.Join("; ", SourceFiles.All().SelectMany(file => TooLong(File.ReadAllText(file)).Select(found => $"{Path.GetFileName(file)}: {found}"))));

    [Fact]
    public void A_method_of_61_lines_is_found_whatever_kind_it_is()
    {
        Assert.Empty(TooLong(Class($"void Short()\n{Body(LinesMax - 1)}")));
        Assert.Single(TooLong(Class($"void Long()\n{Body(LinesMax)}")));
        Assert.Single(TooLong(Class($"C()\n{Body(LinesMax)}")));
        Assert.Single(TooLong(Class($"int Value => 1{Lines(LinesMax)};")));
        Assert.Single(TooLong(Class($"int Value\n{{\nget\n{Body(LinesMax)}\n}}")));
        Assert.Single(TooLong(Class($"Action Field = () =>\n{Body(LinesMax)};")));
        Assert.Single(TooLong($"Console.WriteLine();{Lines(LinesMax)}Console.WriteLine();"));

        static string Class(string member) => $"class C\n{{\n    {member}\n}}";
        static string Body(int lines) => $"{{{Lines(lines - 1)}}}"; // Braces on the first and the last line.
        static string Lines(int count) => new('\n', count);
    }

    private static IEnumerable<string> TooLong(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken).GetCompilationUnitRoot();
        var program = root.Members.OfType<GlobalStatementSyntax>().ToList();
        if (program.Count > 0 && Last(program[^1]) - First(program[0]) >= LinesMax)
            yield return "top-level statements";
        foreach (var node in root.DescendantNodes().Where(node => IsCode(node) && Last(node) - First(node) >= LinesMax))
            yield return $"{node.ToString().Split('\n')[0].Trim()}: {Last(node) - First(node) + 1} lines";
    }

    /// <summary>What runs as one piece. A table that initialises a property is data; the lambdas in it count each for itself.</summary>
    private static bool IsCode(SyntaxNode node) => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        or AnonymousFunctionExpressionSyntax or PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null };

    /// <summary>First line behind the attributes.</summary>
    private static int First(SyntaxNode node)
    {
        var attributes = node is MemberDeclarationSyntax member ? member.AttributeLists : default;
        var token = attributes.Count > 0 ? attributes[^1].GetLastToken().GetNextToken() : node.GetFirstToken();
        return token.GetLocation().GetLineSpan().StartLinePosition.Line;
    }

    private static int Last(SyntaxNode node) => node.GetLocation().GetLineSpan().EndLinePosition.Line;
}

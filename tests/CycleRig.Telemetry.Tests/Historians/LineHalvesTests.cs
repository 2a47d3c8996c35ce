using System.Text;
using CsCheck;
using CycleRig.Telemetry.Historians;
using Xunit;

namespace CycleRig.Telemetry.Tests.Historians;

public sealed class LineHalvesTests
{
    /// <summary>Line breaks within quotes end no line.</summary>
    private static readonly string[] Kinds = ["sample x=1 1", "event t=\"a\nb\" 2", "event t=\"\\\"\n\" 3", "fit y=2,z=3 4444444444", "e t=\"\" 5"];

    private static readonly Gen<string> Line = Gen.Int[0, Kinds.Length - 1].Select(kind => Kinds[kind]);

    [Fact]
    public void Halves_of_halves_are_the_lines_in_order() => Line.List[1, 40].Sample(lines =>
    {
        List<string> pieces = [];
        Cut(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), pieces);
        Assert.Equal(lines.Select(line => line + "\n"), pieces);
    });

    [Theory]
    [InlineData("")]
    [InlineData("a b=1 1")]
    [InlineData("a b=1 1\n")]
    [InlineData("a b=\"\n\n\n\" 1\n")]
    public void A_single_line_has_no_halves(string line) => Assert.Null(LineHalves.Of(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void The_cut_is_near_the_middle()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("sample x=1 1\n", 100)));
        var (first, second) = LineHalves.Of(lines)!.Value;
        Assert.Equal(first.Length, second.Length);
    }

    private static void Cut(ReadOnlyMemory<byte> lines, List<string> pieces)
    {
        if (LineHalves.Of(lines) is not var (first, second))
        {
            pieces.Add(Encoding.UTF8.GetString(lines.Span));
            return;
        }

        Cut(first, pieces);
        Cut(second, pieces);
    }
}

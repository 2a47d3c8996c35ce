using System.Text;
using CycleRig.Telemetry.Lines;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Telemetry.Tests.Lines;

public sealed class LineBufferTests
{
    private static readonly byte[] Head = LineHead.Of("sample", ("rig", "r"), ("channel", "ch-1"));

    [Fact]
    public void A_point_costs_no_allocation()
    {
        var lines = new LineBuffer();
        Points(lines, 10_000);
        lines.Clear();
        Assert.Equal(0, AllocatedBytes.Of(() => Points(lines, 10_000)));
        Assert.True(lines.Length > 10_000 * 100);
    }

    [Fact]
    public void A_point_without_fields_is_taken_back()
    {
        var lines = new LineBuffer();
        lines.Begin(Head);
        lines.Field("voltage_V"u8, double.NaN);
        lines.End(1);
        Assert.Equal(0, lines.Length);
    }

    [Fact]
    public void Names_are_escaped_as_the_protocol_says()
    {
        Assert.Equal(@"a\ b\,c=d,t\=\ u=v\,\=w", Encoding.UTF8.GetString(LineHead.Of("a b,c=d", ("t= u", "v,=w"))));
        Assert.Equal("m", Encoding.UTF8.GetString(LineHead.Of("m", ("run", ""))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ends\\")]
    [InlineData("line\nbreak")]
    [InlineData("#comment")]
    public void What_the_protocol_cannot_say_is_refused(string measurement) => Assert.Throws<ArgumentException>(() => LineHead.Of(measurement));

    private static void Points(LineBuffer lines, int count)
    {
        for (var i = 0; i < count; i++)
        {
            lines.Begin(Head);
            lines.Field("current_A"u8, -15.7e-6 / (i + 1));
            lines.Field("voltage_V"u8, -0.1 * Math.Sqrt(i));
            lines.Field("seq"u8, (long)i);
            lines.Field("valid"u8, true);
            lines.Text("state"u8, "running\"\\"u8);
            lines.End(1_700_000_000_000_000_000 + i);
        }
    }
}

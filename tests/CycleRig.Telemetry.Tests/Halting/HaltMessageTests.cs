using System.Text;
using CsCheck;
using CycleRig.Telemetry.Halting;
using Xunit;

namespace CycleRig.Telemetry.Tests.Halting;

public sealed class HaltMessageTests
{
    private const int TextMax = 200;

    [Fact]
    public void Every_member_is_read() =>
        Assert.Equal(new("a-1", "ann", "smoke", "r"), HaltMessage.Read("""{"v":1,"id":"a-1","by":"ann","why":"smoke","run":"r"}"""u8));

    [Theory]
    [InlineData("{}")]
    [InlineData("stop!")]
    [InlineData("[1,2")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("""{"id":7,"by":{},"why":[],"run":true}""")]
    [InlineData("""{"id":"  ","by":"","why":null,"run":"\t"}""")]
    [InlineData("""{"id":"a","id":"b"}""")]
    [InlineData("""{"id":"\ud800"}""")]
    public void What_says_nothing_useful_is_a_halt_without_id_and_run(string payload)
    {
        var order = HaltMessage.Read(Encoding.UTF8.GetBytes(payload));
        Assert.Null(order.Id);
        Assert.Null(order.Run);
        Assert.NotEmpty(order.By);
        Assert.NotEmpty(order.Why);
    }

    [Fact]
    public void No_bytes_at_all_make_it_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes => HaltMessage.Read(bytes) is { By.Length: > 0, Why.Length: > 0 });

    [Fact]
    public void A_text_is_one_line_and_not_longer_than_200()
    {
        var order = HaltMessage.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{new string('i', 1000)}}","by":"a\nb\r\nc"}"""));
        Assert.Equal(TextMax, order.Id!.Length);
        Assert.Equal("a b c", order.By);
    }
}

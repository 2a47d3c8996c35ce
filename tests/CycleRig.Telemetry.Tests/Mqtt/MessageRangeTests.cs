using System.Text;
using CsCheck;
using CycleRig.Telemetry.Mqtt;
using Xunit;

namespace CycleRig.Telemetry.Tests.Mqtt;

public sealed class MessageRangeTests
{
    [Fact]
    public void What_a_historian_writes_is_read()
    {
        var answer = MessageRange.ReadRanges(MessageRange.Ranges(2, [(16, 240), (300, 377)], "full"))!;
        Assert.Equal((2, "full"), (answer.Epoch, answer.Alarm));
        Assert.Equal([(16L, 240L), (300L, 377L)], answer.Ranges);
        Assert.Equal("""{"v":1,"epoch":2,"ranges":[[17,240],[301,377]]}""", Encoding.UTF8.GetString(MessageRange.Ranges(2, [(16, 240), (300, 377)])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"epoch":1,"ranges":[]}""")]
    [InlineData("""{"v":1,"epoch":1}""")]
    [InlineData("""{"v":1,"ranges":[]}""")]
    [InlineData("""{"v":1,"v":1,"epoch":1,"ranges":[]}""")]
    [InlineData("""{"v":1,"epoch":1,"ranges":[[1]]}""")]
    [InlineData("""{"v":1,"epoch":1,"ranges":[1,2]}""")]
    [InlineData("""{"v":1,"epoch":1,"ranges":[["a","b"]]}""")]
    [InlineData("""{"v":1,"epoch":99999999999,"ranges":[]}""")]
    [InlineData("""{"v":1,"epoch":1,"ranges":[],"alarm":7}""")]
    [InlineData("""{"v":1,"epoch":1,"ranges":[],"alarm":"\ud800"}""")]
    public void Anything_else_is_no_answer(string payload) => Assert.Null(MessageRange.ReadRanges(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void No_bytes_at_all_make_it_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        MessageRange.ReadRanges(bytes);
    });
}

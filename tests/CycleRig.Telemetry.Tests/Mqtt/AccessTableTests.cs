using CycleRig.Telemetry.Mqtt;
using Xunit;

namespace CycleRig.Telemetry.Tests.Mqtt;

public sealed class AccessTableTests
{
    [Theory]
    [InlineData("viewer", "cyclerig/v1/+/+/status", true)]
    [InlineData("viewer", "cyclerig/v1/demo/ch-1/events", true)]
    [InlineData("viewer", "cyclerig/v1/demo/ch-1/samples", false)]
    [InlineData("viewer", "cyclerig/v1/demo/#", false)]
    [InlineData("viewer", "cyclerig/v1/+/+/+", false)]
    [InlineData("viewer", "#", false)]
    [InlineData("viewer", "", false)]
    [InlineData("admin", "#", true)]
    [InlineData("admin", "cyclerig/v1/demo/ch-1/samples", true)]
    [InlineData("host-demo", "cyclerig/v1/demo/+/ack", true)]
    [InlineData("host-demo", "cyclerig/v1/other/+/ack", false)]
    [InlineData("host-demo", "cyclerig/v1/+/+/ack", false)]
    [InlineData("historian", "cyclerig/v1/+/+/samples", true)]
    [InlineData("historian", "cyclerig/v1/+/+/halt", false)]
    public void A_filter_is_allowed_only_where_all_that_it_selects_is(string user, string filter, bool allowed) =>
        Assert.Equal(allowed, AccessTable.MayRead(Principal.Of(user)!, filter));

    [Theory]
    [InlineData("host-demo", "cyclerig/v1/demo/ch-1/samples", true)]
    [InlineData("host-demo", "cyclerig/v1/demo/status", true)]
    [InlineData("host-demo", "cyclerig/v1/other/ch-1/samples", false)]
    [InlineData("host-demo", "cyclerig/v1/demo/+/samples", false)]
    [InlineData("host-demo", "cyclerig/v1/demo/ch-1/halt", false)]
    [InlineData("operator-ann", "cyclerig/v1/demo/ch-1/halt", true)]
    [InlineData("operator", "cyclerig/v1/demo/halt", true)]
    [InlineData("operator", "cyclerig/v1/demo/ch-1/start", false)]
    [InlineData("viewer", "cyclerig/v1/demo/halt", false)]
    [InlineData("admin", "cyclerig/v1/demo/ch-1/ack", false)]
    [InlineData("historian", "cyclerig/v1/demo/ch-1/ack", true)]
    [InlineData("historian", "cyclerig/v1/demo/ch-1/status", false)]
    [InlineData("historian", "", false)]
    public void What_is_not_listed_is_denied(string user, string topic, bool allowed) =>
        Assert.Equal(allowed, AccessTable.MayPublish(Principal.Of(user)!, topic));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("host-")]
    [InlineData("host-a/b")]
    [InlineData("host-+")]
    [InlineData("viewer#")]
    [InlineData("Admin")]
    [InlineData("administrator")]
    [InlineData("root")]
    public void Another_user_is_nobody(string? user) => Assert.Null(Principal.Of(user));
}

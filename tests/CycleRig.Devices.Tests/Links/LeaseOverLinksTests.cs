using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using Xunit;

namespace CycleRig.Devices.Tests.Links;

/// <summary>The lease in real time, the same over memory and over a socket.</summary>
public sealed class LeaseOverLinksTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cell_plates_while_its_host_decides_and_is_off_within_the_lease_when_it_stops(bool overSocket)
    {
        await using var rig = new DeviceRig(overSocket);
        await rig.PlateAsync(DeviceRig.Allowed);
        Assert.Equal(DeviceRig.Allowed, rig.Received<Granted>()[^1].Allowance);
        await DeviceRig.Until(() => rig.Received<SampleMeasured>().Any(sample => sample.Sample.CurrentAmperes < -15e-6), "current");
        // Decide for 6 s, longer than a lease: the cell stays on.
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(6))
        {
            rig.Host.Send(DeviceRig.Channel, new RenewLease(rig.Token, rig.Received<SessionEvent>()[^1].Ordinal));
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Empty(rig.Received<SessionStopped>());
        var silent = TimeProvider.System.GetTimestamp();
        await DeviceRig.Until(() => rig.Received<OffConfirmed>().Count > 1, "the cell to be confirmed off");
        // Lease 5 s, looked at each 0.5 s, abort and confirmation 0.5 s.
        Assert.InRange(TimeProvider.System.GetElapsedTime(silent), TimeSpan.Zero, TimeSpan.FromSeconds(7));
        Assert.Equal(Reason.LeaseLost, Assert.Single(rig.Received<SessionStopped>()).Cause.Reason);
        Assert.Empty(rig.Faults);
    }
}

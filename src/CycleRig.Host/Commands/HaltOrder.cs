using System.Net.Sockets;
using CycleRig.Contracts;
using CycleRig.Devices.Links;
using CycleRig.Host.Running;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>A halt tries the API, then the device host's socket, then says: press e-stop. It tells what was confirmed off.</summary>
internal static class HaltOrder
{
    /// <summary>A host that hangs must not keep a halt from the device host.</summary>
    private static readonly TimeSpan ApiWithin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ConfirmedWithin = TimeSpan.FromSeconds(4);

    public static async Task<int> SendAsync(string data, string? socket, string? channel, string person, CancellationToken cancellation)
    {
        try
        {
            using var client = ApiClient.For(data, ApiWithin);
            var order = new OrderRequest(person, null, null, null, null, "halt by command");
            if (channel is null)
                await client.HaltAll(order, cancellation);
            else
                await client.Order(channel, "halt", order, cancellation);
            return await Confirmed(client, channel, cancellation);
        }
        catch (ApiException unreachable) when (!unreachable.IsRefusal)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return await BySocket(socket ?? new DataFolder(data).DeviceSocket);
        }
    }

    private static async Task<int> Confirmed(ApiClient client, string? channel, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        List<ChannelView> views;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
            views = [.. (await client.Rig(cancellation)).Channels.Where(view => channel is null || view.Channel == channel)];
        }
        while (views.Any(view => !view.CellIsOff) && TimeProvider.System.GetElapsedTime(began) < ConfirmedWithin);
        return Told([.. views.Select(view => (view.Channel, view.CellIsOff))]);
    }

    private static int Told(IReadOnlyList<(string Channel, bool IsOff)> cells)
    {
        foreach (var (channel, isOff) in cells)
            Console.WriteLine($"{channel}: {(isOff ? "cell confirmed off" : "NOT CONFIRMED OFF: press e-stop")}");
        return cells.All(cell => cell.IsOff) ? ExitCodes.Ok : ExitCodes.Device;
    }

    private static async Task<int> BySocket(string? socket)
    {
        if (socket is null)
        {
            await Console.Error.WriteLineAsync("no device host is known for this folder either (--socket FILE names one): press e-stop");
            return ExitCodes.NotReachable;
        }

        try
        {
            return Told(DeviceHostServer.SendHalt(socket).Select(cell => (cell.Channel, cell.IsOff)).ToList());
        }
        catch (Exception unreachable) when (unreachable is SocketException or IOException)
        {
            await Console.Error.WriteLineAsync($"the device host at {socket} does not answer ({unreachable.Message}): press e-stop");
            return ExitCodes.NotReachable;
        }
    }
}

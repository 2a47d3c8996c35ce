using System.Net.Sockets;
using CycleRig.Contracts;
using CycleRig.Devices.Links;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>A halt tries the API, then the device host's socket, then says: press e-stop. It tells what was confirmed off.</summary>
internal static class HaltOrder
{
    private static readonly TimeSpan ConfirmedWithin = TimeSpan.FromSeconds(4);

    public static async Task<int> SendAsync(string data, string? socket, string? channel, string person, CancellationToken cancellation)
    {
        try
        {
            using var client = ApiClient.For(data);
            var order = new OrderRequest(person, null, null, null, null, "halt by command");
            if (channel is null)
                await client.HaltAll(order, cancellation);
            else
                await client.Order(channel, "halt", order, cancellation);
            return await Confirmed(client, channel, cancellation);
        }
        catch (ApiException unreachable)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return await BySocket(socket);
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
        foreach (var view in views)
            Console.WriteLine($"{view.Channel}: {(view.CellIsOff ? "cell confirmed off" : "NOT CONFIRMED OFF: press e-stop")}");
        return views.All(view => view.CellIsOff) ? ExitCodes.Ok : ExitCodes.Device;
    }

    private static async Task<int> BySocket(string? socket)
    {
        if (socket is null)
            return ExitCodes.NotReachable;
        try
        {
            DeviceHostServer.SendHalt(socket);
            Console.WriteLine("halt was given to the device host; it turns every cell off");
            return ExitCodes.Ok;
        }
        catch (SocketException unreachable)
        {
            await Console.Error.WriteLineAsync($"the device host at {socket} does not answer ({unreachable.Message}): press e-stop");
            return ExitCodes.NotReachable;
        }
    }
}

using System.CommandLine;
using CycleRig.Contracts;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>The orders of a person: start, pause, resume, skip, halt, ack. What raises current cites what status showed a moment ago.</summary>
internal static class OrderCommands
{
    public static IEnumerable<Command> Build()
    {
        yield return Build("start", "Begins a new run of the channel's protocol, after an acknowledge.", Looked);
        yield return Build("pause", "Turns the cell off and keeps the run open.", (_, o) => o);
        yield return Build("resume", "Goes on with a paused run, after a check spectrum at rest.", Looked);
        yield return Build("skip", "Leaves the present step.", (view, o) => o with { Version = view.Version });
        yield return Ack();
        yield return Halt();
    }

    /// <summary>What raises current cites both numbers of what was looked at.</summary>
    private static OrderRequest Looked(ChannelView view, OrderRequest order) => order with { StopNumber = view.StopNumber, Version = view.Version };

    private static Command Build(string name, string description, Func<ChannelView, OrderRequest, OrderRequest> cite)
    {
        var channel = new Argument<string>("CHANNEL") { Description = "Name of the channel." };
        var (data, person) = (Shared.Data(), Shared.Operator());
        var command = new Command(name, description) { channel, data, person };
        var from = new Option<int?>("--from") { Description = "Index of the step to go on from, the charge so far carried over." };
        if (name == "start")
            command.Options.Add(from);
        command.SetAction((parsed, cancellation) => Failing.Guard(async () =>
        {
            using var client = ApiClient.For(parsed.GetValue(data)!);
            var target = parsed.GetValue(channel)!;
            var order = new OrderRequest(parsed.GetValue(person)!, null, null, name == "start" ? parsed.GetValue(from) : null, null, null);
            var view = await client.Order(target, name, cite(await client.Channel(target, cancellation), order), cancellation);
            Console.WriteLine($"{view.Channel}: {view.State}");
            return ExitCodes.Ok;
        }));
        return command;
    }

    /// <summary>An acknowledge names the causes that the person saw; it never starts anything.</summary>
    private static Command Ack()
    {
        var target = new Argument<string>("NAME") { Description = "Name of a halted channel, or of a chamber or press that has tripped." };
        var causes = new Argument<string[]>("CAUSE") { Description = "Of a channel: every cause that status shows, such as dendrite_onset.", Arity = ArgumentArity.ZeroOrMore };
        var (data, person) = (Shared.Data(), Shared.Operator());
        var command = new Command("ack", "Acknowledges the causes of a channel's halt by their names, or the trip of a chamber or press. Starts nothing.") { target, causes, data, person };
        command.SetAction((parsed, cancellation) => Failing.Guard(async () =>
        {
            using var client = ApiClient.For(parsed.GetValue(data)!);
            var (name, operatorName) = (parsed.GetValue(target)!, parsed.GetValue(person)!);
            if ((await client.Rig(cancellation)).Conditions.Any(device => device.Name == name))
            {
                await client.AcknowledgeTrip(name, operatorName, cancellation);
                Console.WriteLine($"{name}: trip acknowledged; each channel that it stopped needs an acknowledge of its own");
                return ExitCodes.Ok;
            }

            var order = new OrderRequest(operatorName, null, null, null, parsed.GetValue(causes), null);
            var view = await client.Order(name, "ack", order, cancellation);
            Console.WriteLine($"{view.Channel}: {view.State}");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Halt()
    {
        var channel = new Argument<string?>("CHANNEL") { Description = "Name of the channel; every channel of the rig unless given.", Arity = ArgumentArity.ZeroOrOne };
        var socket = new Option<string?>("--socket") { Description = "Socket of the device host, tried when the API does not answer; the one of the data folder's last `serve` unless given." };
        var (data, person) = (Shared.Data(), Shared.Operator());
        var command = new Command("halt", "Turns cells off, latched. Asks nothing.") { channel, socket, data, person };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => HaltOrder.SendAsync(
            parsed.GetValue(data)!, parsed.GetValue(socket), parsed.GetValue(channel), parsed.GetValue(person)!, cancellation)));
        return command;
    }
}

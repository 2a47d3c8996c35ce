using System.CommandLine;
using CycleRig.Contracts;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>The orders of a person: start, pause, resume, skip, halt, ack. What raises current cites what status showed a moment ago.</summary>
internal static class OrderCommands
{
    public static IEnumerable<Command> Build()
    {
        yield return Build("start", "Begins a new run of the channel's protocol, after an acknowledge.", (view, o) => o with { StopNumber = view.StopNumber });
        yield return Build("pause", "Turns the cell off and keeps the run open.", (_, o) => o);
        yield return Build("resume", "Goes on with a paused run, after a check spectrum at rest.", (view, o) => o with { StopNumber = view.StopNumber, Version = view.Version });
        yield return Build("skip", "Leaves the present step.", (view, o) => o with { Version = view.Version });
        yield return Ack();
        yield return Halt();
    }

    private static Command Build(string name, string description, Func<ChannelView, OrderRequest, OrderRequest> cite)
    {
        var channel = new Argument<string>("CHANNEL") { Description = "Name of the channel." };
        var (data, person) = (Shared.Data(), Shared.Operator());
        var command = new Command(name, description) { channel, data, person };
        var from = new Option<int>("--from") { Description = "Index of the step to begin with." };
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
        var channel = new Argument<string>("CHANNEL") { Description = "Name of the channel." };
        var causes = new Argument<string[]>("CAUSE") { Description = "Every cause that status shows, such as dendrite_onset.", Arity = ArgumentArity.OneOrMore };
        var (data, person) = (Shared.Data(), Shared.Operator());
        var command = new Command("ack", "Acknowledges the causes of a halt by their names. Starts nothing.") { channel, causes, data, person };
        command.SetAction((parsed, cancellation) => Failing.Guard(async () =>
        {
            using var client = ApiClient.For(parsed.GetValue(data)!);
            var order = new OrderRequest(parsed.GetValue(person)!, null, null, null, parsed.GetValue(causes), null);
            var view = await client.Order(parsed.GetValue(channel)!, "ack", order, cancellation);
            Console.WriteLine($"{view.Channel}: {view.State}");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Halt()
    {
        var channel = new Argument<string?>("CHANNEL") { Description = "Name of the channel; every channel of the rig unless given.", Arity = ArgumentArity.ZeroOrOne };
        var socket = new Option<string?>("--socket") { Description = "Socket of the device host, tried when the API does not answer." };
        var (data, person) = (Shared.Data(), Shared.Operator());
        var command = new Command("halt", "Turns cells off, latched. Asks nothing.") { channel, socket, data, person };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => HaltOrder.SendAsync(
            parsed.GetValue(data)!, parsed.GetValue(socket), parsed.GetValue(channel), parsed.GetValue(person)!, cancellation)));
        return command;
    }
}

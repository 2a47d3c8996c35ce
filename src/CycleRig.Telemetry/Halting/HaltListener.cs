using System.Buffers;
using System.Text.Json.Nodes;
using CycleRig.Core.Telemetry;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Telemetry.Publishing;
using MQTTnet;
using MQTTnet.Exceptions;

namespace CycleRig.Telemetry.Halting;

/// <summary>
/// The only order that MQTT knows: halt. It has a connection of its own, so that it never waits behind rows; it acts first, then
/// notes its id, then answers on the status topic, and says again when the cells are confirmed off.
/// </summary>
public sealed class HaltListener : IAsyncDisposable
{
    private static readonly TimeSpan ConfirmedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RunKnownWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly HaltTarget _target;
    private readonly HaltBook _book;
    private readonly StatusBook _status;
    private readonly TroubleBoard _troubles;
    private readonly CancellationTokenSource _stop = new();
    private readonly BrokerConnection _connection;

    private HaltListener(HaltTarget target, BrokerSettings broker, HaltBook book, StatusBook status, TroubleBoard troubles)
    {
        (_target, _book, _status, _troubles) = (target, book, status, troubles);
        _connection = BrokerConnection.Start(
            broker,
            new($"{broker.User ?? $"host-{target.Rig}"}-halt", [Topics.Halt(target.Rig), Topics.Of(target.Rig, "+", "halt")], null, 0, 100) { Received = Received },
            troubles);
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="target">What is halted.</param>
    /// <param name="broker">Where orders come from.</param>
    /// <param name="book">Ids that have acted.</param>
    /// <param name="status">What stands on the status topics.</param>
    /// <param name="troubles">Told of what is wrong.</param>
    public static HaltListener Start(HaltTarget target, BrokerSettings broker, HaltBook book, StatusBook status, TroubleBoard troubles) =>
        new(target, broker, book, status, troubles);

    /// <summary>Whether it hears now.</summary>
    public bool IsReady => _connection.IsReady;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Received(BrokerConnection connection, MqttApplicationMessage message)
    {
        if (message.Payload.Length == 0)
            return; // Takes a retained message away.
        var channel = Topics.Parse(message.Topic) is { } topic ? topic.Channel : null;
        if (channel is not null && !_target.Channels.Contains(channel))
        {
            _troubles.Raise("halt", $"a halt came for channel {channel}, which rig {_target.Rig} does not have; it has {string.Join(", ", _target.Channels)}.");
            return;
        }

        var order = HaltMessage.Read(message.Payload.ToArray());
        var key = channel ?? StatusBook.Rig;
        if (message.Retain && order.Id is null)
        {
            _ = Answer(connection, key, order, "refused: a retained halt needs an id, or it would act after every reconnect");
            return;
        }

        if (order.Id is { } known && _book.HasActed(key, known))
        {
            _ = Answer(connection, key, order, "acted before");
            return;
        }

        IReadOnlyList<string> channels = channel is null ? _target.Channels : [channel];
        if (order.Run is { } run)
        {
            var meant = await Task.WhenAll(channels.Select(name => Runs(name, run)));
            channels = [.. channels.Where((_, i) => meant[i])];
            if (channels.Count == 0)
            {
                _ = Answer(connection, key, order, $"refused: run {run} is not the current one");
                return;
            }
        }

        foreach (var name in channels)
            Halt(name, order);
        if (Note(key, order))
            _troubles.Clear("halt");
        // The next halt waits for no answer.
        _ = Answer(connection, key, order, "halting");
        _ = Confirm(connection, key, order, channels);
    }

    /// <summary>Whether a channel runs this run; one that does not say so in time might: in doubt the cell goes off.</summary>
    private async Task<bool> Runs(string channel, string run)
    {
        try
        {
            return await _target.RunOf(channel).WaitAsync(RunKnownWithin, _stop.Token) == run;
        }
        catch (Exception silent) when (silent is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>A channel that cannot be told keeps no other from its halt.</summary>
    private void Halt(string channel, HaltMessage order)
    {
        try
        {
            _target.Halt(channel, order.By, order.Why);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _troubles.Raise("halt", $"{channel} could not be told to go off: {fault.Message.TrimEnd('.')}. Press e-stop.");
        }
    }

    private bool Note(string key, HaltMessage order)
    {
        try
        {
            if (order.Id is { } id)
                _book.Note(key, id);
            return true;
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            _troubles.Raise("halt", $"the id of a halt could not be written: {disk.Message.TrimEnd('.')}. It was carried out; after a restart it may act again.");
            return false;
        }
    }

    private async Task Confirm(BrokerConnection connection, string key, HaltMessage order, IReadOnlyList<string> channels)
    {
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            using var timer = new PeriodicTimer(LookEvery);
            List<string> open = [.. channels];
            while (open.Count > 0 && TimeProvider.System.GetElapsedTime(began) < ConfirmedWithin)
            {
                foreach (var name in channels)
                {
                    if (open.Contains(name) && await _target.IsOff(name))
                        open.Remove(name);
                }

                if (open.Count > 0)
                    await timer.WaitForNextTickAsync(_stop.Token);
            }

            await Answer(connection, key, order, open.Count == 0 ? "confirmed off" : $"NOT CONFIRMED OFF: {string.Join(", ", open)}: press e-stop");
        }
        catch (OperationCanceledException)
        {
            // The host ends, and turns every cell off itself.
        }
    }

    private async Task Answer(BrokerConnection connection, string key, HaltMessage order, string answer)
    {
        var payload = _status.Set(key, ("halt", new JsonObject { ["id"] = order.Id, ["by"] = order.By, ["answer"] = answer }));
        try
        {
            await connection.Publish(key.Length == 0 ? Topics.Status(_target.Rig) : Topics.Of(_target.Rig, key, "status"), payload, retain: true, [], _stop.Token);
        }
        catch (Exception lost) when (lost is MqttCommunicationException or TelemetryException or OperationCanceledException or ObjectDisposedException)
        {
            // It stands in the book and is published at the next connect.
        }
    }
}

using CsCheck;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Publishing;
using Xunit;

namespace CycleRig.Telemetry.Tests.Publishing;

/// <summary>
/// Publisher and historian over a broker that loses, doubles and delays messages and acknowledgements, with restarts of both: the durable
/// cursor never passes a row that is not written, and once the faults stop every row is written.
/// </summary>
public sealed class LossSimulationTests
{
    private static readonly string[] Names = ["ch-1", "ch-2", "ch-3", "rig"];

    [Fact]
    public void The_durable_cursor_never_lies_and_everything_arrives() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var world = new World(seed);
            for (var step = 0; step < 400; step++)
                world.Step(faulty: true);
            for (var step = 0; step < 3000 && !world.IsDone; step++)
                world.Step(faulty: false);
            Assert.True(world.IsDone, $"seed {seed}: {world.Missing} of {world.Count} rows are missing, or the cursor stands");
        },
        iter: 300);

    /// <summary>The same with the historian's answers believed as they come, whatever was published: the test must see that.</summary>
    [Fact]
    public void The_simulation_sees_a_cursor_that_follows_what_was_only_received()
    {
        var seen = Enumerable.Range(0, 200).Any(seed =>
        {
            var world = new World(seed) { AcknowledgesWhatItReceives = true };
            try
            {
                for (var step = 0; step < 400; step++)
                    world.Step(faulty: true);
                return false;
            }
            catch (Xunit.Sdk.XunitException)
            {
                return true;
            }
        });
        Assert.True(seen);
    }

    private sealed class World(int seed)
    {
        private readonly Random _draw = new(seed);
        private readonly List<JournalRow> _journal = [];
        private readonly HashSet<long> _written = [];
        private readonly List<(TimeSpan At, Batch Batch, long Durable)> _toHistorian = [];
        private readonly List<(TimeSpan At, string Channel, bool IsAck, List<(long, long)> Ranges)> _toHost = [];
        private readonly Queue<Batch> _writing = new();
        private Dictionary<string, ChannelCoverage> _coverage = [];
        private TimeSpan _now;
        private long _cursor;
        private DurableLedger _ledger = new(0);
        private SendQueue _queue = new(0, 5);

        public bool AcknowledgesWhatItReceives { get; init; }

        public int Count => _journal.Count;

        public int Missing => _journal.Count(row => !_written.Contains(row.Seq));

        public bool IsDone => Missing == 0 && _cursor == _journal.Count;

        public void Step(bool faulty)
        {
            _now += TimeSpan.FromMilliseconds(200);
            if (faulty)
            {
                Fault();
                for (var rows = _draw.Next(8); rows > 0; rows--)
                    Append();
            }

            Publish(faulty);
            Carry(faulty);
            // The database takes its time; what waits may still be lost by a crash.
            while (_writing.Count > 0 && (!faulty || _draw.Next(3) == 0))
            {
                var batch = _writing.Dequeue();
                _written.UnionWith(batch.Rows.Select(row => row.Seq));
                Of(batch.Channel).Written(batch.After, batch.Through);
                Say(batch.Channel, faulty);
            }

            foreach (var (channel, coverage) in _coverage)
            {
                if (coverage.Requests(_now) is { Count: > 0 } holes)
                    Send(faulty, () => _toHost.Add((Later(faulty), channel, false, [.. holes])));
            }

            Assert.True(_journal.Where(row => row.Seq <= _ledger.Durable).All(row => _written.Contains(row.Seq)), $"seed {seed}: durable {_ledger.Durable}");
        }

        private void Append()
        {
            var channel = Names[_draw.Next(Names.Length)];
            var kind = _draw.Next(6) == 0 ? RecordKind.Event : RecordKind.Sample;
            _journal.Add(new(_journal.Count + 1, 1, new(channel, null, kind, 1, _now.TotalSeconds, DateTimeOffset.UnixEpoch, new byte[8])));
        }

        private void Fault()
        {
            if (_draw.Next(60) == 0)
            {
                // The host starts anew from its cursor on the disk, which is never ahead.
                (_ledger, _queue) = (new(_cursor), new(_cursor, 5));
                _queue.CatchUp(_journal.Count);
            }

            if (_draw.Next(60) == 0)
            {
                _coverage = []; // The historian starts anew, knowing nothing.
                _writing.Clear();
            }

            if (_draw.Next(40) == 0)
                _toHistorian.Clear(); // The broker's queue is gone.
        }

        private void Publish(bool faulty)
        {
            if (faulty && _draw.Next(4) > 0)
                return; // No connection now: a lag grows.
            if (_draw.Next(3) == 0)
                _queue.CatchUp(_journal.Count); // As after a reconnect.
            for (var pages = 0; pages < 4; pages++)
            {
                var lane = _journal.Count > _queue.Live.Position ? _queue.Live : _queue.Behind;
                if (lane is null)
                    break;
                var rows = _journal.Where(row => row.Seq > lane.Position).Take(10).ToList();
                var to = rows.Count == 10 ? rows[^1].Seq : Math.Min(_journal.Count, lane.End);
                var batches = lane.Batches(rows, to, _ => 100, 400);
                batches.ForEach(batch => Send(batch, faulty));
                lane.Advance(batches, to);
                foreach (var cover in _queue.Ended().ToList().SelectMany(ended => ended.Covers([.. _ledger.Channels])))
                    Send(cover, faulty);
                _ledger.Reached(_queue.SentTo);
            }

            foreach (var probe in _ledger.Probes(_now))
                Send(probe, faulty);
            _cursor = Math.Max(_cursor, _ledger.Durable);
        }

        private void Send(Batch batch, bool faulty)
        {
            _ledger.Published(batch, 100, _now);
            Send(faulty, () => _toHistorian.Add((Later(faulty), batch, _ledger.DurableOf(batch.Channel))));
        }

        private void Carry(bool faulty)
        {
            foreach (var (_, batch, durable) in Due(_toHistorian, message => message.At))
            {
                if (!Of(batch.Channel).Received(1, batch.After, batch.Through, durable, _now))
                    Say(batch.Channel, faulty);
                else if (batch.Rows.Count == 0 || AcknowledgesWhatItReceives)
                    Of(batch.Channel).Written(batch.After, batch.Through);
                if (batch.Rows.Count > 0)
                    _writing.Enqueue(batch);
                if (AcknowledgesWhatItReceives)
                    Say(batch.Channel, faulty);
            }

            foreach (var (_, channel, isAck, ranges) in Due(_toHost, message => message.At))
            {
                if (isAck)
                    _ledger.Acknowledged(channel, ranges, _now);
                else
                    ranges.ForEach(range => _queue.Resend(range.Item1, range.Item2));
            }
        }

        private void Say(string channel, bool faulty)
        {
            var said = Of(channel).Acknowledgements();
            if (said.Count > 0)
                Send(faulty, () => _toHost.Add((Later(faulty), channel, true, [.. said])));
        }

        private void Send(bool faulty, Action send)
        {
            if (faulty && _draw.Next(5) == 0)
                return;
            send();
            if (faulty && _draw.Next(5) == 0)
                send();
        }

        private TimeSpan Later(bool faulty) => _now + TimeSpan.FromMilliseconds(faulty ? _draw.Next(2000) : 0);

        private List<T> Due<T>(List<T> waiting, Func<T, TimeSpan> at)
        {
            var due = waiting.Where(message => at(message) <= _now).ToList();
            waiting.RemoveAll(message => at(message) <= _now);
            return due;
        }

        private ChannelCoverage Of(string channel) => _coverage.TryGetValue(channel, out var known) ? known : _coverage[channel] = new();
    }
}

using CycleRig.Core.Evidence;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Playing;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;

namespace CycleRig.Host.Simulating;

/// <summary>A simulated rig whose cells run protocols with nobody watching: its relays stay closed, nothing is judged or halted.</summary>
internal sealed class UnwatchedRig : IDisposable
{
    private readonly DiscreteRigTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<ProtocolPlayer> _players = [];
    private readonly SimulatedRig _simulated;
    private readonly TimeSpan _sampleInterval;

    /// <summary>Builds it.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="seed">Of cells, instruments, chambers and presses.</param>
    /// <param name="scripts">What is said of the cells beyond their records, by channel.</param>
    /// <param name="detail">How finely.</param>
    public UnwatchedRig(RigDescription rig, int seed, IReadOnlyDictionary<string, CellScript> scripts, SimulationDetail detail) =>
        (_simulated, _sampleInterval) = (new(rig, seed, _time, scripts, detail), detail.SampleInterval);

    /// <summary>What really happened to a channel.</summary>
    public SimulatedChannel this[string channel] => _simulated[channel];

    public void Dispose() => _time.Dispose();

    /// <summary>Puts a protocol on a channel; it begins with <see cref="Run"/>.</summary>
    public ProtocolPlayer Add(ChannelDescription channel, Protocol protocol, Action<Sample> sample, Action<Spectrum> spectrum)
    {
        var player = new ProtocolPlayer(_time, _simulated[channel.Name], protocol, channel.Cell.Area.SquareMetres, sample, spectrum);
        _players.Add(player);
        return player;
    }

    /// <summary>Gives the players what chamber and press read, in place of a constant pressure and the thermistor at the cell.</summary>
    public void ReadConditions()
    {
        foreach (var (device, limits) in _simulated.Devices)
        {
            if (limits.Unit == "MPa")
                device.Connect(reading => _players.ForEach(player => player.Megapascals = reading.Valid ? reading.Value : double.NaN));
            else
                device.Connect(reading => _players.ForEach(player => player.ChamberCelsius = reading.Valid ? reading.Value : double.NaN));
        }
    }

    /// <summary>Looks at the rig from time to time while it runs.</summary>
    public void Every(TimeSpan interval, Action look) => _time.Every(interval, look);

    /// <summary>Runs until every protocol has ended.</summary>
    /// <param name="begin">When the protocols begin, all together.</param>
    /// <param name="longest">Longest rig time.</param>
    /// <returns>Whether all have ended.</returns>
    public bool Run(TimeSpan begin, TimeSpan longest)
    {
        _time.Every(_sampleInterval, () =>
        {
            foreach (var wiring in _simulated.Wirings)
                wiring.Relay?.Feed();
        });
        _time.After(begin, () => _players.ForEach(player => player.Start()));
        return _time.RunUntil(() => _players.TrueForAll(player => player.HasEnded), longest);
    }
}

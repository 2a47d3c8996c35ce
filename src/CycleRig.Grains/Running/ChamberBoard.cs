using System.Collections.Immutable;
using CycleRig.Core.Experiments;
using CycleRig.EarlyWarning.Detection;

namespace CycleRig.Grains.Running;

/// <summary>What each cell said last of the temperature in its chamber, on rig time: read by its neighbours when they are judged.</summary>
internal sealed class ChamberBoard(RigDescription rig)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NeighbourTemperature> _said = [];

    /// <summary>Whether a channel has neighbours.</summary>
    public bool IsShared(string channel) => Neighbours(channel).Any();

    /// <summary>Puts up what a cell says.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="said">With its time on the channel's clock.</param>
    /// <param name="offsetSeconds">From rig time to that clock, s.</param>
    public void Post(string channel, NeighbourTemperature said, double offsetSeconds)
    {
        lock (_lock)
            _said[channel] = said with { TimeSeconds = said.TimeSeconds - offsetSeconds };
    }

    /// <summary>Takes down what a cell said: another run begins. Of one that has ended the last word counts until it is old.</summary>
    public void Remove(string channel)
    {
        lock (_lock)
            _said.Remove(channel);
    }

    /// <summary>What the neighbours of a channel said last, on its own clock; default where it has none.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="offsetSeconds">From rig time to its clock, s.</param>
    public ImmutableArray<NeighbourTemperature> HeardBy(string channel, double offsetSeconds)
    {
        if (!IsShared(channel))
            return default;
        lock (_lock)
            return [.. Neighbours(channel).Where(_said.ContainsKey).Select(other => _said[other]).Select(said => said with { TimeSeconds = said.TimeSeconds + offsetSeconds })];
    }

    private IEnumerable<string> Neighbours(string channel)
    {
        var chamber = rig.Channels.First(known => known.Name == channel).Chamber;
        return rig.Channels.Where(known => known.Chamber == chamber && known.Name != channel).Select(known => known.Name);
    }
}

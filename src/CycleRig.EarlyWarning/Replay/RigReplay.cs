using System.Collections.Immutable;
using CycleRig.EarlyWarning.Detection;

namespace CycleRig.EarlyWarning.Replay;

/// <summary>
/// Recordings that ran at the same time, judged together as channels of one rig: their sweeps are taken in the order in which they were known, so that
/// what is said of one rests on nothing that its neighbours measured later.
/// </summary>
public static class RigReplay
{
    /// <summary>Replays them.</summary>
    /// <param name="recordings">Recordings on one clock; of sweeps that were known at the same time those of the earlier recording are taken first.</param>
    /// <returns>The lines of each, in the same order.</returns>
    public static IReadOnlyList<IReadOnlyList<ReplayLine>> Run(IReadOnlyList<RigRecording> recordings)
    {
        var replays = recordings.Select(recording => new RecordingReplay(recording)).ToArray();
        var said = new NeighbourTemperature?[recordings.Count];
        var chambers = recordings.Select((recording, i) => (recording.Chamber, Index: i)).Where(of => !string.IsNullOrEmpty(of.Chamber)).ToLookup(of => of.Chamber, of => of.Index);
        var next = new PriorityQueue<int, (double Seconds, int Index)>();
        for (var i = 0; i < replays.Length; i++)
            Await(i);
        while (next.TryDequeue(out var i, out _))
        {
            ImmutableArray<NeighbourTemperature> neighbours = chambers[recordings[i].Chamber].Count() > 1
                ? [.. chambers[recordings[i].Chamber].Where(other => other != i).Select(other => said[other]).OfType<NeighbourTemperature>()]
                : default;
            if (replays[i].Judge(neighbours) is { } thermometer)
                said[i] = thermometer.Said(recordings[i].Name, recordings[i].Settings);
            Await(i);
        }

        return [.. replays.Select(replay => replay.Finish())];

        void Await(int i)
        {
            if (replays[i].NextKnownSeconds is { } seconds)
                next.Enqueue(i, (seconds, i));
        }
    }
}

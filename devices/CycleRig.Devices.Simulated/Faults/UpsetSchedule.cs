using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Faults;

/// <summary>The upsets of one channel: those with a time, and those that a seed drew from rates.</summary>
public sealed class UpsetSchedule
{
    private readonly ImmutableArray<ChannelUpset> _upsets;

    /// <summary>Takes upsets with their times.</summary>
    public UpsetSchedule(IEnumerable<ChannelUpset> upsets) => _upsets = [.. upsets.OrderBy(upset => upset.At)];

    /// <summary>Nothing ever happens.</summary>
    public static UpsetSchedule None { get; } = new([]);

    /// <summary>In the order of their beginnings.</summary>
    public ImmutableArray<ChannelUpset> All => _upsets;

    /// <summary>Draws what rates make of some time.</summary>
    /// <param name="upsets">With a time.</param>
    /// <param name="rates">By chance.</param>
    /// <param name="horizon">Until when chance is drawn.</param>
    /// <param name="draw">Draws.</param>
    public static UpsetSchedule Drawn(IEnumerable<ChannelUpset> upsets, IEnumerable<UpsetRate> rates, TimeSpan horizon, Draw draw)
    {
        var all = upsets.ToList();
        foreach (var rate in rates)
        {
            for (var minute = 0; minute < horizon.TotalMinutes; minute++)
            {
                if (draw.Chance(rate.PerMinute))
                    all.Add(new(rate.Kind, TimeSpan.FromMinutes(minute + draw.Uniform()), rate.For, rate.Size));
            }
        }

        return new(all);
    }

    /// <summary>The upset of a kind that acts at a time, or null.</summary>
    public ChannelUpset? Active(UpsetKind kind, double seconds)
    {
        foreach (var upset in _upsets)
        {
            if (upset.At.TotalSeconds > seconds)
                break;
            if (upset.Kind == kind && seconds < (upset.At + upset.For).TotalSeconds)
                return upset;
        }

        return null;
    }

    /// <summary>The instrument's own time at a time of the rig, s: jumps add up, drifts run while they act.</summary>
    /// <param name="seconds">Rig time, s.</param>
    public double Clock(double seconds)
    {
        var own = seconds;
        foreach (var upset in _upsets)
        {
            var since = seconds - upset.At.TotalSeconds;
            if (since < 0)
                break;
            if (upset.Kind == UpsetKind.ClockJump)
                own += upset.Size;
            if (upset.Kind == UpsetKind.ClockDrift)
                own += upset.Size * Math.Min(since, upset.For.TotalSeconds);
        }

        return own;
    }
}

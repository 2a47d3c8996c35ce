using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Faults;

/// <summary>The upsets of one channel: those with a time, and those that a seed drew from rates.</summary>
public sealed class UpsetSchedule
{
    private static readonly int Kinds = Enum.GetValues<UpsetKind>().Length;

    /// <summary>By kind, in the order of their beginnings: asked for several times at every sample.</summary>
    private readonly Span[][] _spans = new Span[Kinds][];
    private readonly ImmutableArray<ChannelUpset> _clock;

    /// <summary>Takes upsets with their times.</summary>
    public UpsetSchedule(IEnumerable<ChannelUpset> upsets)
    {
        All = [.. upsets.OrderBy(upset => upset.At)];
        for (var kind = 0; kind < Kinds; kind++)
            _spans[kind] = [.. All.Where(upset => (int)upset.Kind == kind).Select(upset => new Span(upset.At.TotalSeconds, (upset.At + upset.For).TotalSeconds, upset))];
        _clock = [.. All.Where(upset => upset.Kind is UpsetKind.ClockJump or UpsetKind.ClockDrift)];
    }

    /// <summary>Nothing ever happens.</summary>
    public static UpsetSchedule None { get; } = new([]);

    /// <summary>In the order of their beginnings.</summary>
    public ImmutableArray<ChannelUpset> All { get; }

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

    /// <summary>The upset of a kind that acts at a time, the first of them, or null.</summary>
    public ChannelUpset? Active(UpsetKind kind, double seconds)
    {
        foreach (ref readonly var span in _spans[(int)kind].AsSpan())
        {
            if (span.Begins > seconds)
                break;
            if (seconds < span.Ends)
                return span.Upset;
        }

        return null;
    }

    /// <summary>The instrument's own time at a time of the rig, s: jumps add up, drifts run while they act.</summary>
    /// <param name="seconds">Rig time, s.</param>
    public double Clock(double seconds)
    {
        var own = seconds;
        foreach (var upset in _clock)
        {
            var since = seconds - upset.At.TotalSeconds;
            if (since < 0)
                break;
            own += upset.Size * (upset.Kind == UpsetKind.ClockJump ? 1 : Math.Min(since, upset.For.TotalSeconds));
        }

        return own;
    }

    private readonly record struct Span(double Begins, double Ends, ChannelUpset Upset);
}

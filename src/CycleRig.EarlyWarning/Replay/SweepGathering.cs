using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Replay;

/// <summary>
/// Gathers points in the order of time into sweeps, and gives a sweep once it is known to be over: at the point at which it holds both
/// ends of the range that the sweeps before it reached, or else at the first point of the next. Never later data: a recording that is
/// cut in mid-sweep gives no more than the whole one had given by then. The first sweep has none before it and waits for the second.
/// </summary>
internal sealed class SweepGathering
{
    /// <summary>Sweeps whose range is remembered: a change of range by the protocol is forgotten after as many.</summary>
    private const int Remembered = 5;

    /// <summary>Frequencies nearer than this share are the same; neighbours of a grid are 10 % apart or more.</summary>
    private const double SameFrequency = 0.02;

    /// <summary>Both ends are not enough where a clock that jumped has mixed the order: so many of the usual points must be there too.</summary>
    private const double PointsShare = 0.8;

    private readonly HashSet<int> _begun = [];
    private readonly Queue<Reach> _earlier = new();
    private readonly List<SpectrumPoint> _points = [];
    private Spectrum? _open;
    private Reach _reach = Reach.None;
    private bool _given;

    /// <summary>Takes the next point in time.</summary>
    /// <param name="sweep">The sweep that it belongs to; only index and start are read.</param>
    /// <param name="point">The point.</param>
    /// <returns>The sweeps that are over with this point: mostly none, seldom one.</returns>
    public IEnumerable<Spectrum> Take(Spectrum sweep, SpectrumPoint point)
    {
        if (_open?.Index != sweep.Index)
        {
            if (!_begun.Add(sweep.Index))
                yield break; // A straggler of a sweep that was closed.
            if (_open is { } closed && !_given)
                yield return closed with { Points = [.. _points] };
            Begin(sweep);
        }

        _reach = _reach.With(point.FrequencyHz);
        if (_given)
            yield break;
        _points.Add(point);
        if (!IsComplete())
            yield break;
        _given = true;
        yield return sweep with { Points = [.. _points] };
    }

    private void Begin(Spectrum sweep)
    {
        if (_open is not null)
            _earlier.Enqueue(_reach);
        if (_earlier.Count > Remembered)
            _earlier.Dequeue();
        (_open, _reach, _given) = (sweep, Reach.None, false);
        _points.Clear();
    }

    private bool IsComplete() => _earlier.Count > 0
        && _reach.LowHertz <= _earlier.Min(reach => reach.LowHertz) * (1 + SameFrequency)
        && _reach.HighHertz >= _earlier.Max(reach => reach.HighHertz) * (1 - SameFrequency)
        && _reach.Points >= PointsShare * _earlier.Max(reach => reach.Points);

    /// <summary>Range of a sweep, and how many points it had.</summary>
    private readonly record struct Reach(double LowHertz, double HighHertz, int Points)
    {
        public static Reach None { get; } = new(double.PositiveInfinity, 0, 0);

        public Reach With(double hertz) => double.IsFinite(hertz) && hertz > 0
            ? new(Math.Min(LowHertz, hertz), Math.Max(HighHertz, hertz), Points + 1)
            : this;
    }
}

using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Replay;

/// <summary>
/// Gathers points in the order of time into sweeps, and gives a sweep once it is known to be over: at the point at which it holds both
/// ends of the range that the sweeps before it reached, or else at the first point of the next. Never later data: a recording that is
/// cut in mid-sweep gives no more than the whole one had given by then. The first sweep has none before it and waits for the second. Sweeps that
/// begin at another frequency are of another kind (sentinel sweeps between whole ones), each with a range of its own. Of a sweep that comes down
/// from above, what lies above 1 kHz is given as soon as the first point below has come.
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
    private readonly List<Reach> _earlier = [];
    private readonly List<SpectrumPoint> _points = [];
    private Spectrum? _open;
    private Reach _reach = Reach.None;
    private bool _given;
    private bool _isBelow;

    /// <summary>Takes the next point in time.</summary>
    /// <param name="sweep">The sweep that it belongs to; only index and start are read.</param>
    /// <param name="point">The point.</param>
    /// <returns>The sweeps that are over with this point, and the upper part of one that goes on: mostly none, seldom one.</returns>
    public IEnumerable<(Spectrum Sweep, bool IsPart)> Take(Spectrum sweep, SpectrumPoint point)
    {
        if (_open?.Index != sweep.Index)
        {
            if (!_begun.Add(sweep.Index))
                yield break; // A straggler of a sweep that was closed.
            if (_open is { } closed && !_given)
                yield return (closed with { Points = [.. _points] }, false);
            Begin(sweep);
        }

        _reach = _reach.With(point.FrequencyHz);
        if (_given)
            yield break;
        if (!_isBelow && point.FrequencyHz < SweepPart.LowestHertz)
        {
            _isBelow = true;
            if (_points.Count > 0)
                yield return (sweep with { Points = [.. _points] }, true);
        }

        _points.Add(point);
        if (!IsComplete())
            yield break;
        _given = true;
        yield return (sweep with { Points = [.. _points] }, false);
    }

    private void Begin(Spectrum sweep)
    {
        if (_open is not null)
            _earlier.Add(_reach);
        var alike = _earlier.Where(_reach.IsLike).ToList();
        if (alike.Count > Remembered)
            _earlier.Remove(alike[0]);
        (_open, _reach, _given, _isBelow) = (sweep, Reach.None, false, false);
        _points.Clear();
    }

    private bool IsComplete()
    {
        var alike = _earlier.Where(_reach.IsLike).ToList();
        return alike.Count > 0
            && _reach.LowHertz <= alike.Min(reach => reach.LowHertz) * (1 + SameFrequency)
            && _reach.HighHertz >= alike.Max(reach => reach.HighHertz) * (1 - SameFrequency)
            && _reach.Points >= PointsShare * alike.Max(reach => reach.Points);
    }

    /// <summary>Where a sweep began, its range, and how many points it had.</summary>
    private readonly record struct Reach(double FirstHertz, double LowHertz, double HighHertz, int Points)
    {
        public static Reach None { get; } = new(double.NaN, double.PositiveInfinity, 0, 0);

        public bool IsLike(Reach other) => Math.Abs(Math.Log(FirstHertz / other.FirstHertz)) < SameFrequency;

        public Reach With(double hertz) => double.IsFinite(hertz) && hertz > 0
            ? new(double.IsNaN(FirstHertz) ? hertz : FirstHertz, Math.Min(LowHertz, hertz), Math.Max(HighHertz, hertz), Points + 1)
            : this;
    }
}

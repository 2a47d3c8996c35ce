using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// Integrates current over instrument time: as measured (trapezoid), and as an upper bound in which what no sample covers counts in
/// full at the armed current.
/// </summary>
/// <param name="sampleSeconds">From one sample to the next, s.</param>
internal sealed class ChargeCounter(double sampleSeconds)
{
    /// <summary>Sample intervals that still count as covered.</summary>
    private const double Covered = 2.5;

    private double _measured;
    private double _bound;
    private double _uncovered;
    private double _lastSeconds = double.NaN;
    private double _lastAmperes;

    /// <summary>Largest magnitude that the net charge can have: what no sample covers counts in full.</summary>
    public Charge NetUpperBound => new(Math.Abs(_measured) + _uncovered);

    public ChargePair Total => new(new(_measured), new(_bound));

    /// <summary>Takes the instrument's own count of what passed since a total, in place of the sampled one.</summary>
    /// <param name="began">Total at the segment's begin.</param>
    /// <param name="coulombs">What the instrument counted, C; NaN changes nothing.</param>
    public void Correct(ChargePair began, double coulombs)
    {
        if (!double.IsFinite(coulombs))
            return;
        _measured = began.Measured.Coulombs + coulombs;
        _bound = Math.Max(_bound, began.ThroughputUpperBound.Coulombs + Math.Abs(coulombs));
    }

    public void Reset() => (_measured, _bound, _uncovered) = (0, 0, 0);

    /// <summary>Takes a sample.</summary>
    /// <param name="seconds">Instrument time, s.</param>
    /// <param name="amperes">Current, A.</param>
    /// <param name="armedAmperes">Largest magnitude that could have flowed since the last sample, A; 0 while the cell was off.</param>
    public void Take(double seconds, double amperes, double armedAmperes)
    {
        if (seconds - _lastSeconds is var step and > 0)
        {
            var mean = (amperes + _lastAmperes) / 2;
            _measured += mean * step;
            var most = step <= Covered * sampleSeconds ? Math.Abs(mean) : Math.Max(Math.Abs(mean), armedAmperes);
            _bound += step * most;
            _uncovered += step * (most - Math.Abs(mean));
        }

        (_lastSeconds, _lastAmperes) = (seconds, amperes);
    }
}

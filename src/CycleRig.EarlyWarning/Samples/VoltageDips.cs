using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Samples;

/// <summary>
/// Finds soft shorts on the samples: a filament that bridges for seconds takes a share of the voltage at once, and gives it back as it burns out or
/// withdraws (G = exp(-t/τ)/(k R) with k 0.5 to 12 and τ 2 to 90 s: 8 to 67 % of V; Menkin 2024, doi 10.1039/d3fd00101f). What falls slowly is contact
/// or temperature, what does not come back a step, what is one sample long an outlier, and what moves with the stack pressure contact.
/// </summary>
public struct VoltageDips
{
    /// <summary>Least share of the voltage that is a dip, beside what the sine may take.</summary>
    private const double DepthMin = 0.05;

    /// <summary>Of the sine's share of the current, what a phase shift may show in V alone: an arc's -Im Z is half of its resistance at the most.</summary>
    private const double Quadrature = 0.5;

    /// <summary>Part of the sine that V follows at the most: more than all of it, where some of V does not come from the current.</summary>
    private const double FollowsMax = 1.5;

    /// <summary>Mean deviations of the voltage from its level, relative, that a dip must exceed.</summary>
    private const double DeviationsMin = 8;
    private const double DeviationFirst = 0.02;

    /// <summary>One sample alone is an outlier, low or back.</summary>
    private const int SamplesMin = 2;

    /// <summary>A dip is there within so much from one sample to the next, s, and half of it is gone again after at most so much.</summary>
    private const double FallSeconds = 3;
    private const double LastsMax = 180;
    private const double TailShare = 0.6;

    /// <summary>Time constants of level and deviation, s; after a change of current both settle first.</summary>
    private const double LevelSeconds = 20;
    private const double DeviationSeconds = 120;
    private const double SettleSeconds = 60;

    /// <summary>A pause between two segments of one current: so long at the most, and so long until the voltage is back, s.</summary>
    private const double PauseMax = 60;
    private const double PauseSettleSeconds = 8;

    /// <summary>A pressure that moves by more than this share of itself, and by more mean deviations than its sensor makes, moves the contact.</summary>
    private const double PressureShare = 0.02;
    private const double PressureDeviationsMin = 8;

    /// <summary>Below this a voltage is noise, V.</summary>
    private const double LevelMin = 5e-3;

    private bool _started;
    private double _direct;
    private double _since;
    private double _seconds;
    private double _level;
    private double _amperes;
    private double _deviation;
    private double _megapascals;
    private double _megapascalsDeviation;
    private bool _isIn;
    private int _low;
    private int _back;
    private double _fell;
    private double _depth;
    private double _lastSeconds;
    private bool _moved;

    /// <summary>Takes a sample under current.</summary>
    /// <param name="sample">The sample; one that is no number says nothing.</param>
    /// <param name="direct">Direct current of the segment, A, not 0: with another the level begins anew.</param>
    /// <param name="sineAmperes">Amplitude of a superimposed sine, A.</param>
    /// <returns>Share of the voltage that a dip took, with the sample at which half of it has come back; else null.</returns>
    public double? Test(in Sample sample, double direct, double sineAmperes)
    {
        if (!double.IsFinite(sample.Volts) || !double.IsFinite(sample.CurrentAmperes) || sample.CurrentAmperes * direct <= 0)
            return null;
        var volts = sample.Volts * Math.Sign(direct);
        if (!_started || IsAnother(direct, sineAmperes) || sample.TimeSeconds < _seconds || sample.TimeSeconds - _seconds > PauseMax)
        {
            this = new() { _started = true, _direct = direct, _since = sample.TimeSeconds, _seconds = sample.TimeSeconds, _level = volts, _amperes = Math.Abs(sample.CurrentAmperes), _deviation = DeviationFirst, _megapascals = double.IsFinite(sample.PressureMegapascals) ? sample.PressureMegapascals : 0 };
            return null;
        }

        var passed = sample.TimeSeconds - _seconds;
        // Behind a pause between two segments the voltage comes back to its level; what was begun before is forgotten.
        if (passed > FallSeconds)
            (_isIn, _moved, _depth, _since) = (false, false, _isIn ? 0 : _depth, Math.Max(_since, sample.TimeSeconds - SettleSeconds + PauseSettleSeconds));
        _seconds = sample.TimeSeconds;
        var amperes = Math.Abs(sample.CurrentAmperes);
        var (share, most) = Shares(volts / _level, amperes / _amperes);
        var least = Math.Max(DepthMin + (Quadrature * sineAmperes / Math.Abs(direct)), DeviationsMin * _deviation);
        // The rest of a dip that was told is no second one.
        if (_depth > 0 && sample.TimeSeconds - _lastSeconds < LastsMax)
            least = Math.Max(least, TailShare * _depth);
        if (_level < LevelMin || sample.TimeSeconds - _since < SettleSeconds || (!_isIn && share < least))
        {
            Follow(volts, amperes, share, passed, sample.PressureMegapascals);
            return null;
        }

        return InDip(sample, volts, amperes, share, most, passed);
    }

    private double? InDip(in Sample sample, double volts, double amperes, double share, double most, double passed)
    {
        _moved |= Math.Abs(sample.PressureMegapascals - _megapascals) > Math.Max(PressureShare * _megapascals, PressureDeviationsMin * _megapascalsDeviation);
        if (!_isIn)
            (_isIn, _fell, _depth, _low, _back) = (true, passed <= FallSeconds ? sample.TimeSeconds : double.NegativeInfinity, 0, 0, 0);
        _depth = Math.Max(_depth, share);
        _low += share > _depth / 2 ? 1 : 0;
        _back = most < _depth / 2 ? _back + 1 : 0;
        if (_back >= SamplesMin)
        {
            double? dip = _low >= SamplesMin && !_moved ? _depth : null;
            // What was none hides no dip behind it.
            (_isIn, _lastSeconds, _depth) = (false, sample.TimeSeconds, dip ?? 0);
            Follow(volts, amperes, share, passed, sample.PressureMegapascals);
            return dip;
        }

        // What does not come back is a step: the level is a new one.
        if (sample.TimeSeconds - _fell > LastsMax)
            (_isIn, _level, _amperes, _depth, _moved) = (false, volts, amperes, 0, false);
        return null;
    }

    /// <summary>
    /// What the voltage lies below its level by, whatever part of the sine it follows in phase, from none on: the least that is left, signed, and the most.
    /// </summary>
    /// <param name="volts">Voltage over its level.</param>
    /// <param name="amperes">Current over its level.</param>
    private static (double Least, double Most) Shares(double volts, double amperes)
    {
        var (alone, followed) = (1 - volts, 1 + (FollowsMax * (amperes - 1)) - volts);
        return (alone * followed <= 0 ? 0 : alone > 0 ? Math.Min(alone, followed) : Math.Max(alone, followed), Math.Max(alone, followed));
    }

    /// <summary>Whether a direct current is another than the one so far: the same may be read at another crest of its sine.</summary>
    private readonly bool IsAnother(double direct, double sineAmperes) =>
        direct * _direct <= 0 || Math.Abs(direct - _direct) > (DirectCurrent.SineSwing * sineAmperes) + (DirectCurrent.CurrentShare * Math.Abs(_direct));

    private void Follow(double volts, double amperes, double share, double passed, double megapascals)
    {
        _level += (1 - Math.Exp(-passed / LevelSeconds)) * (volts - _level);
        _amperes += (1 - Math.Exp(-passed / LevelSeconds)) * (amperes - _amperes);
        _deviation += (1 - Math.Exp(-passed / DeviationSeconds)) * (Math.Abs(share) - _deviation);
        _moved = false;
        if (!double.IsFinite(megapascals))
            return;
        _megapascalsDeviation += (1 - Math.Exp(-passed / DeviationSeconds)) * (Math.Abs(megapascals - _megapascals) - _megapascalsDeviation);
        _megapascals += (1 - Math.Exp(-passed / LevelSeconds)) * (megapascals - _megapascals);
    }
}

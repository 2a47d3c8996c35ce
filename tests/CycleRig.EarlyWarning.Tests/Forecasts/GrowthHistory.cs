using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Testing;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

/// <summary>
/// A cell whose metal grows to a short, drawn by laws that are not those of the forecast: depth from half-spheroids in filaments of their
/// own onset and speed, even or accelerating depth, wide deposits, arrests, jumps.
/// </summary>
internal sealed class GrowthHistory
{
    public const int Kinds = 6;

    private static readonly string[] Names = ["one filament", "several filaments", "accelerating depth", "linear loss", "power 1.3-4.7", "other electrode near"];

    private readonly Random _draw;
    private readonly double _growth;
    private readonly double _gainAtShort;
    private readonly double _arrestAt;
    private readonly double _arrest;
    private readonly (double At, double Gain)[] _jumps;
    private readonly Func<double, (double Gain, double Depth)> _law;
    private readonly double _whole;
    private readonly double _onset;

    public GrowthHistory(int seed)
    {
        _draw = new(seed);
        Kind = seed % Kinds;
        Noise = 0.0005 * Math.Pow(4, _draw.NextDouble());
        Density = 0.5 * Math.Pow(5, _draw.NextDouble());
        _onset = Uniform(0.05, 0.6);
        _growth = 0.15 * Math.Pow(20, _draw.NextDouble());
        var loss = 0.03 * Math.Pow(10, _draw.NextDouble());
        _gainAtShort = loss / (1 - loss);
        _arrestAt = Uniform(0.1, 0.9);
        _arrest = _draw.NextDouble() < 0.25 ? Uniform(0.1, 0.6) * _growth : 0;
        _jumps = _draw.NextDouble() < 0.25 ? [.. Enumerable.Range(0, _draw.Next(1, 4)).Select(_ => (Uniform(0.05, 0.95), Uniform(0.002, 0.006)))] : [];
        _law = Law();
        _whole = _law(1).Gain;
    }

    public int Kind { get; }

    public string Name => Names[Kind];

    /// <summary>Standard deviation of one sweep.</summary>
    public double Noise { get; }

    /// <summary>mA/cm², constant.</summary>
    public double Density { get; }

    /// <summary>Charge of the short, mAh/cm².</summary>
    public double Short => _onset + _growth + _arrest;

    /// <summary>Charge from sweep to sweep: one in 60 to 180 s, but at most 400 to the short.</summary>
    public IEnumerable<LossPoint> Sweeps()
    {
        var step = Math.Max(Density * Uniform(60, 180) / 3600, Short / 400);
        for (var charge = step; charge < Short; charge += step)
        {
            var gain = At(charge).Gain;
            yield return new(charge, (gain / (1 + gain)) + (Noise * Gaussian.Draw(_draw)), Noise);
        }
    }

    /// <summary>Gain of the conductance, and depth of the deepest metal as a share of the thickness.</summary>
    public (double Gain, double Depth) At(double charge)
    {
        var grown = charge - _onset;
        var until = _arrestAt * _growth;
        if (grown > until)
            grown = Math.Max(until, grown - _arrest);
        var share = Math.Clamp(grown / _growth, 0, 1);
        var (gain, depth) = _law(share);
        // What jumps is crack that opens and fills at once: it is part of the gain at the short.
        var jumped = _jumps.Where(jump => jump.At <= share).Sum(jump => jump.Gain);
        return ((gain / _whole * Math.Max(0.01, _gainAtShort - _jumps.Sum(jump => jump.Gain))) + jumped, depth);
    }

    private Func<double, (double, double)> Law()
    {
        var (rate, power, near) = (Uniform(0.5, 2.5), Uniform(1.3, 4.7), Uniform(0, 1));
        var late = Enumerable.Range(0, _draw.Next(2, 9)).Select(index => index == 0 ? (Late: 0.0, Speed: 1.0) : (Late: Uniform(0, 0.7), Speed: Uniform(0.3, 1))).ToArray();
        return Kind switch
        {
            0 => share => (Spheroid(share), share),
            1 => share => (late.Sum(one => Spheroid(Math.Max(0, share - one.Late) * one.Speed)), share),
            2 => share => (Math.Exp(rate * share) - 1) / (Math.Exp(rate) - 1) is var depth ? (Spheroid(depth), depth) : default,
            3 => share => (share, double.NaN),
            4 => share => (Math.Pow(share, power), double.NaN),
            _ => share => (Spheroid(share) / Math.Pow(Math.Max(0.05, 1 - share), near), share),
        };
    }

    /// <summary>Half-spheroid of 1 µm in 1.2 mm, in units that cancel: l³/(ln(2l/a) - 1).</summary>
    private static double Spheroid(double share) => share < 0.005 ? 0 : share * share * share / (Math.Log(2400 * share) - 1);

    private double Uniform(double low, double high) => low + ((high - low) * _draw.NextDouble());
}

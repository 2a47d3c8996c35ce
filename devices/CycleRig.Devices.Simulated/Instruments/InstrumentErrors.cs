using System.Numerics;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Faults;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>What an instrument makes of the truth: noise by range, offset, quantisation, saturation, mains, outliers, calibration.</summary>
internal sealed class InstrumentErrors(InstrumentRecipe recipe, UpsetSchedule upsets)
{
    private const double TopDecadeHertz = 7e5;
    private const double TopDecadeFactor = 3;
    private const double CalibratedHertz = 1e6;
    private const double ThermistorKelvins = 0.012;
    private const double SmallestRangeAmperes = 1e-8;
    private const double Levels = 32768;
    private const double MainsHertz = 50;
    private const double MainsBandwidth = 0.03;
    private static readonly Complex Invalid = new(double.NaN, double.NaN);

    /// <summary>The range that an instrument takes for a current: the next decade of ten, from 10 nA.</summary>
    public static double Range(double amperesMax) =>
        Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(amperesMax, SmallestRangeAmperes)) - 1e-9));

    /// <summary>A sweep point as it is measured.</summary>
    /// <param name="impedance">True impedance at the point's own time, Ω.</param>
    /// <param name="hertz">Frequency, Hz.</param>
    /// <param name="sineAmperes">Amplitude of the current, A.</param>
    /// <param name="driftVolts">Slope of the voltage while it is measured, V/s: leaks into the lowest frequencies.</param>
    /// <param name="seconds">Rig time, s.</param>
    /// <param name="draw">Draws.</param>
    public Complex Sweep(Complex impedance, double hertz, double sineAmperes, double driftVolts, double seconds, Draw draw)
    {
        var above = Math.Max(0, Math.Log10(hertz / CalibratedHertz));
        var seen = impedance * new Complex(1 + (recipe.GainPerDecade * above), recipe.PhasePerDecade * above);
        // A slope over whole periods leaves k/(π f) at the frequency of the sine, in quadrature.
        seen += new Complex(0, driftVolts / (Math.PI * hertz * sineAmperes));
        var sd = (recipe.RelativeNoise * seen.Magnitude * (hertz > TopDecadeHertz ? TopDecadeFactor : 1)) + (recipe.FloorVolts / sineAmperes);
        sd *= upsets.Active(UpsetKind.NoisySpectra, seconds)?.Size ?? 1;
        seen += new Complex(sd * draw.Normal(), sd * draw.Normal()) + Mains(hertz, sineAmperes, seconds, draw);
        if (draw.Chance(upsets.Active(UpsetKind.OutlierPoints, seconds)?.Size ?? recipe.Outliers))
            seen *= Complex.FromPolarCoordinates(Math.Exp(0.3 * draw.Normal()), 0.3 * draw.Normal());
        return seen;
    }

    /// <summary>What upsets make of a measured point; null where it is missing.</summary>
    public Complex? Upset(Complex seen, Complex first, double seconds, Draw draw)
    {
        if (upsets.Active(UpsetKind.FrozenSpectra, seconds) is not null)
            seen = first;
        if (upsets.Active(UpsetKind.ClippedSpectra, seconds) is { } clip && first.Magnitude > 0 && seen.Magnitude > clip.Size)
            seen *= clip.Size / seen.Magnitude;
        if (upsets.Active(UpsetKind.InvalidPoints, seconds) is { } invalid && draw.Chance(invalid.Size))
            return Invalid;
        return upsets.Active(UpsetKind.MissingPoints, seconds) is { } missing && draw.Chance(missing.Size) ? null : seen;
    }

    /// <summary>A sample as it is read.</summary>
    /// <param name="amperes">True current, A.</param>
    /// <param name="volts">True voltage, V.</param>
    /// <param name="range">Current range, A.</param>
    /// <param name="seconds">Rig time, s.</param>
    /// <param name="draw">Draws.</param>
    public (double Amperes, double Volts) Sample(double amperes, double volts, double range, double seconds, Draw draw)
    {
        if (upsets.Active(UpsetKind.StuckRange, seconds) is { } stuck)
            range = stuck.Size;
        var mains = upsets.Active(UpsetKind.Mains, seconds)?.Size ?? recipe.MainsVolts;
        // Sampled at whole multiples of some of its periods, the mains comes out at a phase that wanders: a random one.
        var hum = mains > 0 ? mains * Math.Sin(2 * Math.PI * draw.Uniform()) : 0;
        var seen = amperes + (range * (recipe.RangeOffset + (recipe.RangeNoise * draw.Normal())));
        return (
            Math.Clamp(Quantised(seen, range / Levels), -range, range),
            Quantised(volts + hum + (recipe.SampleVolts * draw.Normal()), recipe.VoltResolution));
    }

    public double Thermistor(double celsius, Draw draw) => celsius + recipe.ThermistorOffset + (ThermistorKelvins * draw.Normal());

    private Complex Mains(double hertz, double sineAmperes, double seconds, Draw draw)
    {
        var mains = upsets.Active(UpsetKind.Mains, seconds)?.Size ?? recipe.MainsVolts;
        var order = Math.Round(hertz / MainsHertz);
        if (mains <= 0 || order is < 1 or > 3 || Math.Abs((hertz / MainsHertz) - order) > MainsBandwidth * order)
            return Complex.Zero;
        return Complex.FromPolarCoordinates(mains / (order * sineAmperes), 2 * Math.PI * draw.Uniform());
    }

    /// <summary>A whole number of steps, without a negative zero.</summary>
    private static double Quantised(double value, double step) => (Math.Round(value / step) * step) + 0.0;
}

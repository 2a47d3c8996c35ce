using System.Numerics;
using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Tests.Samples;

/// <summary>
/// Samples of a cell under 0.5 mA/cm², one a second, with a sweep each minute whose slow points show in them, aliased: V follows Z(f) of bulk and two arcs.
/// </summary>
/// <param name="draw">Of noise and phases.</param>
internal sealed class PlatedSamples(Random draw)
{
    public const double Area = 0.0314;
    public const double Amperes = -15.7e-6;
    public const double SineAmperes = 1.57e-6;

    private const double Ohms = 2460 + 5600 + 10_400;
    private const double Noise = 0.001;

    /// <summary>Share of V that is there beside what the sine makes, by time, s.</summary>
    public Func<double, double> Share { get; init; } = _ => 1;

    /// <summary>Voltage that does not come from the current, V.</summary>
    public double OffsetVolts { get; init; }

    /// <summary>Stack pressure by time, s, MPa.</summary>
    public Func<double, double> Megapascals { get; init; } = _ => 5;

    public IEnumerable<Sample> Until(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            var (amperes, volts) = Sine(second);
            yield return new(
                second, Amperes + amperes, OffsetVolts + (((Amperes * Ohms) + volts) * Share(second) * (1 + (Noise * Normal()))), 30 + (0.01 * Normal()), Megapascals(second), 0);
        }
    }

    /// <summary>From 30 Hz down to 0.5 Hz in the last half of each minute, ten points a decade, three periods each.</summary>
    private static (double Amperes, double Volts) Sine(double second)
    {
        var into = (second % 60) - 30;
        for (var hertz = 30.0; hertz > 0.5 && into >= 0; hertz /= 1.2589)
        {
            if (into < 3 / hertz)
            {
                var omega = 2 * Math.PI * hertz;
                var turned = Complex.FromPolarCoordinates(SineAmperes, omega * into);
                return (turned.Imaginary, (turned * Impedance(omega)).Imaginary);
            }

            into -= 3 / hertz;
        }

        return default;
    }

    private static Complex Impedance(double omega) =>
        2460 + (1 / ((1 / 5600.0) + (2e-8 * Complex.Pow(new(0, omega), 0.88)))) + (1 / ((1 / 10_400.0) + (2e-7 * Complex.Pow(new(0, omega), 0.86))));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}

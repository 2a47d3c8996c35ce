using System.Globalization;
using System.Numerics;
using System.Text;

namespace CycleRig.Testing;

/// <summary>
/// A spectrum file of a cell like Li/LLZTO/Li by its own formula: R0 50 Ω, bulk 3800 Ω at 0.11 µs, interface 16 kΩ at 16 ms, 73 points from
/// 7 MHz with their times.
/// </summary>
public static class GarnetSweep
{
    private const int Points = 73;
    private const double PointsPerDecade = 10.06;

    /// <summary>Text with columns frequency, Re Z, Im Z and time.</summary>
    /// <param name="seed">Of the noise, 0.2 % of |Z|.</param>
    /// <param name="interfaceOhms">At the mean time.</param>
    /// <param name="interfaceDrift">Relative change from the first to the last point.</param>
    /// <param name="beginSeconds">Time before the first point.</param>
    /// <param name="hasTimes">Whether the file has times.</param>
    public static string Csv(int seed, double interfaceOhms = 16000, double interfaceDrift = 0, double beginSeconds = 0, bool hasTimes = true)
    {
        var draw = new Random(seed);
        double[] frequencies = [.. Enumerable.Range(0, Points).Select(i => 7e6 * Math.Pow(10, -i / PointsPerDecade))];
        var time = beginSeconds;
        double[] times = [.. frequencies.Select(f => time += 0.05 + (3 / f))];
        var (mean, span) = (times.Average(), times[^1] - times[0]);
        var text = new StringBuilder(hasTimes ? "freq/Hz,Re(Z)/Ohm,Im(Z)/Ohm,time/s\n" : "freq/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n");
        for (var i = 0; i < Points; i++)
        {
            var (s, contact) = (new Complex(0, 2 * Math.PI * frequencies[i]), interfaceOhms * (1 + (interfaceDrift * (times[i] - mean) / span)));
            var exact = 50 + (3800 / (1 + (3800 * 6.7e-11 * Complex.Pow(s, 0.95)))) + (contact / (1 + (contact * 1.5e-6 * Complex.Pow(s, 0.9))));
            var z = exact + (0.002 * exact.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)));
            text.Append(CultureInfo.InvariantCulture, $"{frequencies[i]:R},{z.Real:R},{z.Imaginary:R}").Append(hasTimes ? string.Create(CultureInfo.InvariantCulture, $",{times[i]:R}\n") : "\n");
        }

        return text.ToString();
    }
}

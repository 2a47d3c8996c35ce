using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Testing;

namespace CycleRig.Benchmarks;

/// <summary>
/// From the last point of a sweep to the verdict, fit and detector together, as it is live: each spectrum follows the last, fitted from where that
/// one ended. And how large the state of a channel is after a month of a sweep each minute.
/// </summary>
internal static class VerdictTable
{
    private const int Sweeps = 2000;

    /// <summary>Until the code is compiled in full: a few hundred milliseconds and some hundreds of sweeps.</summary>
    private const int WarmUp = 6000;

    private const int Points = 73;
    private const double AreaSquareCentimetres = 0.0314;
    private const double Noise = 0.002;
    private const double VerdictMilliseconds = 1;
    private const int StateBytes = 64 * 1024;
    private const int MonthOfMinutes = 30 * 24 * 60;

    /// <summary>Measures and prints.</summary>
    /// <returns>Whether nothing was missed.</returns>
    public static bool Print(TextWriter output)
    {
        var (state, draw) = (AssessorState.Initial, new Random(1));
        var milliseconds = new List<double>();
        for (var sweep = 0; sweep < WarmUp + Sweeps; sweep++)
        {
            var spectrum = Spectrum(sweep, draw);
            var begin = Stopwatch.GetTimestamp();
            state = SpectrumAssessor.Assess(state, spectrum, AreaSquareCentimetres, DetectorSettings.Default).Next;
            if (sweep >= WarmUp)
                milliseconds.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        milliseconds.Sort();
        var (median, ninetyNinth) = (milliseconds[Sweeps / 2], milliseconds[Sweeps * 99 / 100]);
        var month = PlatedReadings.After(MonthOfMinutes, DetectorState.Initial);
        var kept = 8L * (month.Mean.Length + month.Covariance.Length + month.Signatures.Sum(signature => signature.Response.Length + 9L));
        var written = JsonSerializer.SerializeToUtf8Bytes(month).Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verdict, from the last point, {Sweeps} sweeps of {Points} points: median {median:F3} ms, 99 % {ninetyNinth:F3} ms (must {VerdictMilliseconds} ms)"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"state after {MonthOfMinutes} sweeps: {month.Signatures.Length} changes, {kept} B of numbers, {written} B as JSON (must {StateBytes} B)"));
        return ninetyNinth <= VerdictMilliseconds && kept <= StateBytes;
    }

    /// <summary>The cell of the replay's tests: bulk with stray capacitance and two interface arcs, 7 MHz to 0.5 Hz.</summary>
    private static Spectrum Spectrum(int sweep, Random draw)
    {
        var points = ImmutableArray.CreateBuilder<SpectrumPoint>(Points);
        var time = sweep * 60.0;
        for (var k = 0; k < Points; k++)
        {
            var frequency = 7e6 * Math.Pow(0.5 / 7e6, k / (Points - 1.0));
            time += 0.06 + (3 / frequency);
            var omega = 2 * Math.PI * frequency;
            var z = new Complex(0, omega * 4e-7) + Arc(2460, 10e-12, 0.99, omega) + Arc(5600, 2e-8, 0.88, omega) + Arc(10400, 2e-7, 0.86, omega);
            var noise = Noise * z.Magnitude;
            points.Add(new(frequency, z.Real + (noise * Gaussian.Draw(draw)), z.Imaginary + (noise * Gaussian.Draw(draw)), time, -15.7e-6, 30, 5));
        }

        return new(sweep, sweep * 60.0, points.MoveToImmutable());
    }

    private static Complex Arc(double ohms, double admittance, double exponent, double omega) =>
        1 / ((1 / ohms) + (admittance * Complex.Pow(new(0, omega), exponent)));
}

using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;

namespace CycleRig.EarlyWarning.Tests.Replay;

/// <summary>
/// A symmetric garnet cell under 0.5 mA/cm² with a sweep each minute, by the equations of docs/simulated-rig.md written down here again: bulk with
/// stray capacitance, two interface arcs, 0.2 % noise. Rows as a file has them.
/// </summary>
internal sealed record SyntheticRecording(ImmutableArray<Sample> Samples, ImmutableArray<(int Sweep, SpectrumPoint Point)> Rows)
{
    public const double AreaSquareCentimetres = 0.0314;
    public const double SineAmperes = 1.57e-6;

    private const double Amperes = -15.7e-6;
    private const double Noise = 0.002;
    private const double PeriodSeconds = 60;
    private const int PointsOfASweep = 50;
    private const double HighestHertz = 7e6;
    private const double LowestHertz = 0.5;

    /// <summary>Plates from the first second on.</summary>
    /// <param name="seed">Of the noise.</param>
    /// <param name="minutes">Length, and number of sweeps.</param>
    /// <param name="onsetMinute">When R_bulk begins to fall by 0.15 % a minute; infinite for a healthy cell.</param>
    public static SyntheticRecording Make(int seed, int minutes, double onsetMinute = double.PositiveInfinity)
    {
        var draw = new Random(seed);
        var samples = Enumerable.Range(0, minutes * (int)PeriodSeconds).Select(t => new Sample(t, Amperes, -0.3 + (0.001 * Normal(draw)), 30, 5, Amperes * t));
        var rows = new List<(int, SpectrumPoint)>();
        for (var sweep = 0; sweep < minutes; sweep++)
        {
            var time = (sweep * PeriodSeconds) + 5.0;
            for (var k = 0; k < PointsOfASweep; k++)
            {
                var frequency = HighestHertz * Math.Pow(LowestHertz / HighestHertz, k / (PointsOfASweep - 1.0));
                time += 0.06 + (3 / frequency);
                var z = Impedance(frequency, 1 - (0.0015 * Math.Max(0, (time / 60) - onsetMinute)));
                var scale = Noise * Complex.Abs(z);
                rows.Add((sweep, new(frequency, z.Real + (scale * Normal(draw)), z.Imaginary + (scale * Normal(draw)), time, Amperes, 30 + (0.01 * Normal(draw)), 5)));
            }
        }

        return new([.. samples], [.. rows]);
    }

    /// <summary>One sweep of the sound cell, 60 ms lost at each point.</summary>
    /// <param name="draw">Of the noise.</param>
    /// <param name="begins">When it begins, s.</param>
    /// <param name="hertz">Its frequencies, in the order of measurement, Hz.</param>
    public static Spectrum Sweep(Random draw, double begins, IEnumerable<double> hertz)
    {
        var time = begins;
        var points = ImmutableArray.CreateBuilder<SpectrumPoint>();
        foreach (var frequency in hertz)
        {
            time += 0.06 + (3 / frequency);
            var z = Impedance(frequency, 1);
            var scale = Noise * Complex.Abs(z);
            points.Add(new(frequency, z.Real + (scale * Normal(draw)), z.Imaginary + (scale * Normal(draw)), time - (1.5 / frequency), Amperes, 30, 5));
        }

        return new(0, begins, points.ToImmutable());
    }

    /// <summary>What is left when the recording ends at a time.</summary>
    public SyntheticRecording CutAfter(double seconds) =>
        new([.. Samples.Where(sample => sample.TimeSeconds <= seconds)], [.. Rows.Where(row => row.Point.TimeSeconds <= seconds)]);

    /// <summary>The rows grouped into sweeps as a reader of files does it.</summary>
    public IReadOnlyList<Spectrum> Spectra() =>
    [
        .. Rows.Where(row => double.IsFinite(row.Point.TimeSeconds)).GroupBy(row => row.Sweep).Select(group =>
        {
            ImmutableArray<SpectrumPoint> points = [.. group.Select(row => row.Point).OrderBy(point => point.TimeSeconds)];
            return new Spectrum(group.Key, points[0].TimeSeconds - 0.06, points);
        }).OrderBy(spectrum => spectrum.EndSeconds),
    ];

    /// <summary>Replays it.</summary>
    public IReadOnlyList<ReplayLine> Replay() => RecordingReplay.Run(
        Samples, SweepReading.InOrder(Spectra(), AreaSquareCentimetres), AreaSquareCentimetres, pressureSetPoint: 5, SineAmperes, DetectorSettings.Default);

    private static Complex Impedance(double frequency, double share)
    {
        var omega = 2 * Math.PI * frequency;
        return new Complex(0, omega * 4e-7)
            + Arc(2460 * share, 10e-12, 0.99, omega) + Arc(5600, 2e-8, 0.88, omega) + Arc(10400, 2e-7, 0.86, omega);
    }

    private static Complex Arc(double ohms, double admittance, double exponent, double omega) =>
        1 / ((1 / ohms) + (admittance * Complex.Pow(new(0, omega), exponent)));

    private static double Normal(Random draw) => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}

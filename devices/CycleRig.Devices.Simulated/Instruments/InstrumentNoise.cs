using System.Numerics;
using CycleRig.Devices.Simulated.Cells;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>Errors of one instrument channel: constant gain and phase error above 1 MHz, noise of sweeps and of samples.</summary>
internal sealed class InstrumentNoise
{
    private const double TopDecadeFactor = 3;
    private const double SampleVolts = 60e-6;
    private const double SampleAmperes = 4e-9;
    private const double ThermistorKelvins = 0.012;

    private readonly Random _sweeps;
    private readonly Random _samples;
    private readonly double _relative;
    private readonly double _floorVolts;
    private readonly double _gainPerDecade;
    private readonly double _phasePerDecade;

    public InstrumentNoise(int seed)
    {
        var draw = new Random(seed);
        _relative = 0.0008 + (0.0014 * draw.NextDouble());
        _floorVolts = (0.4 + (2.6 * draw.NextDouble())) * 1e-6;
        _gainPerDecade = 0.01 * ((2 * draw.NextDouble()) - 1);
        _phasePerDecade = 0.01 * ((2 * draw.NextDouble()) - 1);
        (_sweeps, _samples) = (new(seed ^ 0x51), new(seed ^ 0xa7));
    }

    public Complex Sweep(Complex impedance, double hertz, double amplitudeAmperes)
    {
        var above = Math.Max(0, Math.Log10(hertz / 1e6));
        var seen = impedance * new Complex(1 + (_gainPerDecade * above), _phasePerDecade * above);
        var sd = (_relative * seen.Magnitude * (hertz > 7e5 ? TopDecadeFactor : 1)) + (_floorVolts / Math.Max(amplitudeAmperes, 1e-9));
        return seen + new Complex(sd * Gaussian.Draw(_sweeps), sd * Gaussian.Draw(_sweeps));
    }

    public double Volts() => SampleVolts * Gaussian.Draw(_samples);

    public double Amperes() => SampleAmperes * Gaussian.Draw(_samples);

    public double Kelvins() => ThermistorKelvins * Gaussian.Draw(_samples);
}

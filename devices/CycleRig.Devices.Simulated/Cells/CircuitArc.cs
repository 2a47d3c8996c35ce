using System.Numerics;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>A resistance with a constant-phase element across it: R/(1 + (jωτ)ⁿ). The capacitive part stays when the resistance changes.</summary>
internal readonly struct CircuitArc
{
    private readonly double _logTau;
    private readonly double _exponent;
    private readonly double _sine;
    private readonly double _cosine;

    /// <summary>An arc of a resistance (Ω), a time constant (s) and an exponent.</summary>
    public CircuitArc(double ohms, double seconds, double exponent)
    {
        (Ohms, _logTau, _exponent) = (ohms, Math.Log(seconds), exponent);
        (_sine, _cosine) = Math.SinCos(exponent * Math.PI / 2);
    }

    private CircuitArc(double ohms, double logTau, in CircuitArc of) =>
        (Ohms, _logTau, _exponent, _sine, _cosine) = (ohms, logTau, of._exponent, of._sine, of._cosine);

    public double Ohms { get; }

    /// <summary>The same capacitive part with another resistance: τⁿ goes with R.</summary>
    public CircuitArc With(double ohms) => new(ohms, _logTau + (Math.Log(ohms / Ohms) / _exponent), this);

    /// <summary>Impedance at the logarithm of an angular frequency, Ω.</summary>
    public Complex Impedance(double logOmega)
    {
        var modulus = Math.Exp(_exponent * (logOmega + _logTau));
        return Ohms / new Complex(1 + (modulus * _cosine), modulus * _sine);
    }
}

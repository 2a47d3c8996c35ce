using System.Collections.Frozen;
using System.Numerics;

namespace CycleRig.Impedance.Circuits;

/// <summary>The elements, with symbols, order of parameters and definitions as in impedance.py 1.7 (MIT), so that strings can be shared.</summary>
internal static class Elements
{
    private static readonly ParameterKind Ohm = new(true, 1e-9, 1e15, ParameterRole.Resistance);
    private static readonly ParameterKind Farad = new(true, 1e-18, 1e6, ParameterRole.Admittance);
    private static readonly ParameterKind Henry = new(true, 1e-15, 1e6, ParameterRole.Inductance);
    private static readonly ParameterKind Second = new(true, 1e-15, 1e12, ParameterRole.Time);
    private static readonly ParameterKind Sigma = new(true, 1e-12, 1e15, ParameterRole.Slope);
    private static readonly ParameterKind Exponent = new(false, 0.05, 1, ParameterRole.Exponent);

    /// <summary>By symbol, longest first where one begins with another.</summary>
    public static FrozenDictionary<string, ElementKind> BySymbol { get; } = new ElementKind[]
    {
        new("R", [Ohm], (_, _, p, d) => d[0] = p[0]),
        new("C", [Farad], (w, _, p, d) =>
        {
            var z = new Complex(0, -1 / (w * p[0]));
            d[0] = -z;
            return z;
        }),
        new("L", [Henry], (w, _, p, d) => d[0] = new Complex(0, w * p[0])),
        new("CPE", [Farad, Exponent], (_, logOmega, p, d) =>
        {
            var z = Power(-p[1], logOmega) / p[0];
            d[0] = -z;
            d[1] = -z * new Complex(logOmega, Math.PI / 2);
            return z;
        }),
        new("La", [Henry, Exponent], (_, logOmega, p, d) =>
        {
            var logarithm = logOmega + Math.Log(p[0]);
            var z = Power(p[1], logarithm);
            d[0] = p[1] * z;
            d[1] = z * new Complex(logarithm, Math.PI / 2);
            return z;
        }),
        new("W", [Sigma], (w, _, p, d) => d[0] = p[0] / Math.Sqrt(w) * new Complex(1, -1)),
        new("Wo", [Ohm, Second], (w, _, p, d) =>
        {
            var s = Complex.Sqrt(new Complex(0, w * p[1]));
            var tanh = Complex.Tanh(s);
            d[0] = p[0] / (s * tanh);
            d[1] = p[0] * (s / 2) * -((1 / (s * s * tanh)) + ((1 - (tanh * tanh)) / (s * tanh * tanh)));
            return d[0];
        }),
        new("Ws", [Ohm, Second], (w, _, p, d) =>
        {
            var s = Complex.Sqrt(new Complex(0, w * p[1]));
            var tanh = Complex.Tanh(s);
            d[0] = p[0] * tanh / s;
            d[1] = p[0] * (s / 2) * (((1 - (tanh * tanh)) / s) - (tanh / (s * s)));
            return d[0];
        }),
        new("G", [Ohm, Second], (w, _, p, d) =>
        {
            var inner = new Complex(1, w * p[1]);
            d[0] = p[0] / Complex.Sqrt(inner);
            d[1] = d[0] * new Complex(0, -w * p[1] / 2) / inner;
            return d[0];
        }),
        new("Gs", [Ohm, Second, new(true, 1e-6, 1e6, ParameterRole.Exponent)], (w, _, p, d) =>
        {
            var root = Complex.Sqrt(new Complex(1, w * p[1]));
            var tanh = Complex.Tanh(p[2] * root);
            var z = p[0] / (root * tanh);
            // d(root)/d(ln τ) = jωτ / (2 root); d(tanh)/dx = 1 - tanh².
            var step = new Complex(0, w * p[1]) / (2 * root);
            var slope = 1 - (tanh * tanh);
            d[0] = z;
            d[1] = -z * step * ((1 / root) + (p[2] * slope / tanh));
            d[2] = -z * p[2] * root * slope / tanh;
            return z;
        }),
        new("Zarc", [Ohm, Second, Exponent], (_, logOmega, p, d) =>
        {
            var logarithm = logOmega + Math.Log(p[1]);
            var power = Power(p[2], logarithm);
            var h = 1 / (1 + power);
            d[0] = p[0] * h;
            var t = -p[0] * power * h * h;
            d[1] = p[2] * t;
            d[2] = t * new Complex(logarithm, Math.PI / 2);
            return d[0];
        }),
    }.ToFrozenDictionary(kind => kind.Symbol);

    /// <summary>(j x)^n by ln x: one real exponential.</summary>
    private static Complex Power(double exponent, double logarithm)
    {
        var modulus = Math.Exp(exponent * logarithm);
        var (sin, cos) = Math.SinCos(exponent * Math.PI / 2);
        return new(modulus * cos, modulus * sin);
    }
}

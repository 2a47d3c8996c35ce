using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using CycleRig.Impedance.Circuits;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

/// <summary>Every element against its formula in <see cref="Complex"/>, and its derivatives against differences of eighth order.</summary>
public sealed class ElementLibraryTests
{
    private const double Step = 0.02;

    /// <summary>Central differences of eighth order: Σ w (f(x + kh) - f(x - kh))/h.</summary>
    private static readonly double[] Weights = [4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280];

    public static TheoryData<string> Symbols => [.. ElementLibrary.Standard.Kinds.Select(kind => kind.Symbol)];

    public static TheoryData<string, string, double[]> Exact => [.. MockCircuits.Valid.Select(known => (known.Id, known.Circuit, known.Parameters))];

    [Theory]
    [MemberData(nameof(Symbols))]
    public void Derivatives_are_those_of_the_impedance_and_of_the_admittance(string symbol)
    {
        var kind = ElementLibrary.Standard[symbol]!;
        Case(kind).Sample(drawn =>
        {
            var (values, omega) = drawn;
            var derivatives = new ComplexVector[values.Length];
            var z = Evaluate(kind, values, omega, derivatives, isAdmittance: false);
            for (var k = 0; k < values.Length; k++)
                AssertClose(Difference(kind, values, omega, k, isAdmittance: false), derivatives[k].At(0), z, $"dZ/d{kind.Parameters[k].Name}");
            var y = Evaluate(kind, values, omega, derivatives, isAdmittance: true);
            Assert.True((y * z - 1).Magnitude < 1e-12, $"Y Z is {y * z}");
            for (var k = 0; k < values.Length; k++)
                AssertClose(Difference(kind, values, omega, k, isAdmittance: true), derivatives[k].At(0), y, $"dY/d{kind.Parameters[k].Name}");
        }, iter: 300);
    }

    [Theory]
    [MemberData(nameof(Symbols))]
    public void The_impedance_is_that_of_the_formula(string symbol)
    {
        var kind = ElementLibrary.Standard[symbol]!;
        Case(kind).Sample(drawn =>
        {
            var (values, omega) = drawn;
            var z = Evaluate(kind, values, omega, new ComplexVector[values.Length], isAdmittance: false);
            var expected = Formula(symbol, values, omega);
            Assert.True((z - expected).Magnitude <= 1e-9 * expected.Magnitude, $"{symbol} at {omega} 1/s: {z}, by its formula {expected}");
        }, iter: 300);
    }

    [Fact]
    public void Symbols_parameters_and_units_are_told() => Assert.All(ElementLibrary.Standard.Kinds, kind =>
    {
        Assert.All(kind.Parameters, parameter =>
        {
            Assert.NotEqual("", parameter.Name);
            Assert.InRange(parameter.Default, parameter.Low, parameter.High);
            Assert.Equal(parameter.Role is ParameterRole.Exponent or ParameterRole.Ratio, parameter.Unit.Length == 0);
        });
    });

    [Fact]
    public void A_new_element_is_one_class()
    {
        var library = ElementLibrary.Standard.With(new Leaking());
        var circuit = Circuit.Parse("R0-p(Leak1,R1)", library);
        Assert.Equal(["R0", "Leak1", "R1"], circuit.ParameterNames);
        Assert.Equal(10 + (1 / (0.5 + (1 / new Complex(0, 2 * Math.PI * 3 * 4)))), circuit.Impedance(3, [10, 4, 2]), Near.Instance);
        Assert.Throws<ArgumentException>(() => library.With(new Leaking()));
        Assert.Throws<CircuitFormatException>(() => Circuit.Parse("Leak1"));
    }

    /// <summary>Noise-free spectra computed with another program (shared/data/impedance/README.md: 2e-8 is their precision).</summary>
    [Theory]
    [MemberData(nameof(Exact))]
    public void An_exact_spectrum_is_given_back(string id, string text, double[] values)
    {
        Assert.SkipWhen(MockCircuits.Path is null, "shared/data/impedance/mock_circuits.json is not beside the project");
        var (frequencies, z) = MockCircuits.Read(id);
        var circuit = Circuit.Parse(text);
        var found = new Complex[z.Length];
        circuit.Impedance(frequencies, values, found);
        for (var i = 0; i < z.Length; i++)
            Assert.True((found[i] - z[i]).Magnitude < 1e-7 * z[i].Magnitude, $"{id} at {frequencies[i]} Hz: {found[i]}, given {z[i]}");
    }

    private static Gen<(double[] Values, double Omega)> Case(ElementKind kind) =>
        Gen.Select(Gen.Double[0, 1].Array[kind.Parameters.Length], Gen.Double[-3, 7], (draws, decade) =>
        {
            var omega = Math.Pow(10, decade);
            return (kind.Parameters.Select((parameter, k) => Value(parameter, draws[k], omega)).ToArray(), omega);
        });

    /// <summary>Within four decades of what makes the element change at this frequency.</summary>
    private static double Value(ParameterKind parameter, double draw, double omega)
    {
        var decades = Math.Pow(10, (draw - 0.5) * 4);
        return parameter.Role switch
        {
            ParameterRole.Resistance => 100 * decades,
            ParameterRole.Admittance => decades / (100 * omega),
            ParameterRole.Inductance => 100 * decades / omega,
            ParameterRole.Time => decades / omega,
            ParameterRole.Slope => 100 * decades * Math.Sqrt(omega),
            ParameterRole.Ratio => Math.Pow(10, draw - 0.5),
            _ => Math.Max(0.3, parameter.Low + 0.1) + (draw * (parameter.High - 0.1 - Math.Max(0.3, parameter.Low + 0.1))),
        };
    }

    private static Complex Evaluate(ElementKind kind, double[] values, double omega, ComplexVector[] derivatives, bool isAdmittance)
    {
        var constants = new double[kind.Constants];
        kind.Prepare(values, constants);
        var block = new FrequencyBlock(Vector256.Create(omega), Vector256.Create(Math.Log(omega)), default);
        return (isAdmittance ? kind.Admittance(block, constants, derivatives) : kind.Impedance(block, constants, derivatives)).At(0);
    }

    private static Complex Difference(ElementKind kind, double[] values, double omega, int k, bool isAdmittance)
    {
        // An exponent acts through a logarithm of up to ten.
        var step = kind.Parameters[k].IsLogarithmic ? Step : Step / 5;
        var sum = Complex.Zero;
        for (var n = 1; n <= Weights.Length; n++)
            sum += Weights[n - 1] * (Moved(n * step) - Moved(-n * step));
        return sum / step;

        Complex Moved(double by)
        {
            var moved = (double[])values.Clone();
            moved[k] = kind.Parameters[k].IsLogarithmic ? moved[k] * Math.Exp(by) : moved[k] + by;
            return Evaluate(kind, moved, omega, new ComplexVector[values.Length], isAdmittance);
        }
    }

    private static void AssertClose(Complex expected, Complex actual, Complex whole, string what) => Assert.True(
        (expected - actual).Magnitude <= 1e-8 * (whole.Magnitude + expected.Magnitude), $"{what}: {actual}, by differences {expected}");

    private static Complex Formula(string symbol, double[] p, double omega)
    {
        var s = new Complex(0, omega);
        return symbol switch
        {
            "R" => p[0],
            "C" => 1 / (s * p[0]),
            "L" => s * p[0],
            "CPE" => 1 / (p[0] * Complex.Pow(s, p[1])),
            "La" => Complex.Pow(s * p[0], p[1]),
            "W" => p[0] * new Complex(1, -1) / Math.Sqrt(omega),
            "Wo" => p[0] / (Complex.Sqrt(s * p[1]) * Complex.Tanh(Complex.Sqrt(s * p[1]))),
            "Ws" => p[0] * Complex.Tanh(Complex.Sqrt(s * p[1])) / Complex.Sqrt(s * p[1]),
            "Woa" => p[0] / (Complex.Pow(s * p[1], p[2]) * Complex.Tanh(Complex.Pow(s * p[1], p[2]))),
            "Wsa" => p[0] * Complex.Tanh(Complex.Pow(s * p[1], p[2])) / Complex.Pow(s * p[1], p[2]),
            "G" => p[0] / Complex.Sqrt(1 + (s * p[1])),
            "Gs" => p[0] / (Complex.Sqrt(1 + (s * p[1])) * Complex.Tanh(p[2] * Complex.Sqrt(1 + (s * p[1])))),
            "Zarc" or "Kc" => p[0] / (1 + Complex.Pow(s * p[1], p[2])),
            "HN" => p[0] / Complex.Pow(1 + Complex.Pow(s * p[1], p[2]), p[3]),
            "Ls" => Ladder(p[0], 0, 1 / ((1 / p[1]) + (p[2] * Complex.Pow(s, p[3])))),
            "TLM" => Ladder(p[0], p[1], 1 / ((1 / p[2]) + (p[3] * Complex.Pow(s, p[4])))),
            _ => throw new System.Diagnostics.UnreachableException($"no formula for {symbol}"),
        };
    }

    /// <summary>
    /// Two rails joined everywhere, current into the first at one end and out of the second at the other (or the same where its rail is 0),
    /// from the telegraph equations for the current of the first rail, i'' = Λ² (i - i∞), solved here for i(0) = 1, i(1) = 0.
    /// </summary>
    private static Complex Ladder(double first, double second, Complex joined)
    {
        var sum = first + second;
        var lambda = Complex.Sqrt(sum / joined);
        var level = second / sum;
        // i(x) = level + a e^(-Λx) + b e^(-Λ(1-x)); the drop is that along the first rail plus that across at its far end.
        var decay = Complex.Exp(-lambda);
        var a = ((1 - level) + (level * decay)) / (1 - (decay * decay));
        var b = (-level - ((1 - level) * decay)) / (1 - (decay * decay));
        var along = first * (level + ((a + b) * (1 - decay) / lambda));
        var across = joined * lambda * ((a * decay) - b);
        return along + across;
    }

    /// <summary>Z = jωL, written by a user.</summary>
    private sealed class Leaking() : ElementKind("Leak", new ParameterKind("L", "H", ParameterRole.Inductance, 1e-12, 1e12, 1))
    {
        public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives) =>
            derivatives[0] = block.ImaginaryOmega * constants[0];
    }

    private sealed class Near : IEqualityComparer<Complex>
    {
        public static Near Instance { get; } = new();

        public bool Equals(Complex x, Complex y) => (x - y).Magnitude <= 1e-12 * y.Magnitude;

        public int GetHashCode(Complex obj) => 0;
    }
}

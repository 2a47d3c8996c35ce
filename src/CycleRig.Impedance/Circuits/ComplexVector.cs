using System.Numerics;
using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// <see cref="Lanes"/> complex numbers at once, one of each frequency of a block. Arithmetic is that of <see cref="Complex"/> without its
/// care for overflow: moduli between 1e-150 and 1e150 are safe.
/// </summary>
/// <param name="Real">Real parts.</param>
/// <param name="Imaginary">Imaginary parts.</param>
public readonly record struct ComplexVector(Vector256<double> Real, Vector256<double> Imaginary)
{
    /// <summary>Numbers that one vector holds.</summary>
    public const int Lanes = 4;

    /// <summary>Beyond this real part tanh is 1 to the last digit.</summary>
    private const double TanhFlat = 20;

    /// <summary>Below this the series of sinh is taken: the difference of two exponentials would lose digits.</summary>
    private const double SinhSmall = 1;

    public static ComplexVector operator +(ComplexVector left, ComplexVector right) => new(left.Real + right.Real, left.Imaginary + right.Imaginary);

    public static ComplexVector operator -(ComplexVector left, ComplexVector right) => new(left.Real - right.Real, left.Imaginary - right.Imaginary);

    public static ComplexVector operator -(ComplexVector value) => new(-value.Real, -value.Imaginary);

    public static ComplexVector operator *(ComplexVector left, ComplexVector right) => new(
        (left.Real * right.Real) - (left.Imaginary * right.Imaginary), (left.Real * right.Imaginary) + (left.Imaginary * right.Real));

    public static ComplexVector operator *(ComplexVector left, double right) => new(left.Real * right, left.Imaginary * right);

    public static ComplexVector operator *(double left, ComplexVector right) => right * left;

    public static ComplexVector operator *(ComplexVector left, Vector256<double> right) => new(left.Real * right, left.Imaginary * right);

    public static ComplexVector operator /(ComplexVector left, ComplexVector right) => left * right.Reciprocal();

    public static ComplexVector operator +(ComplexVector left, double right) => new(left.Real + Vector256.Create(right), left.Imaginary);

    public static ComplexVector operator +(double left, ComplexVector right) => right + left;

    public static ComplexVector operator -(double left, ComplexVector right) => new(Vector256.Create(left) - right.Real, -right.Imaginary);

    /// <summary>The same number in every lane.</summary>
    public static ComplexVector Of(double real, double imaginary = 0) => new(Vector256.Create(real), Vector256.Create(imaginary));

    /// <summary>(j x)^n by ln x: one real exponential.</summary>
    /// <param name="exponent">n.</param>
    /// <param name="cosine">cos(n π/2).</param>
    /// <param name="sine">sin(n π/2).</param>
    /// <param name="logarithm">ln x.</param>
    public static ComplexVector PowerOfImaginary(double exponent, double cosine, double sine, Vector256<double> logarithm)
    {
        var modulus = Vector256.Exp(exponent * logarithm);
        return new(modulus * cosine, modulus * sine);
    }

    /// <summary>1/z, with one division.</summary>
    public ComplexVector Reciprocal()
    {
        var scale = Vector256<double>.One / ((Real * Real) + (Imaginary * Imaginary));
        return new(Real * scale, -(Imaginary * scale));
    }

    /// <summary>The root with a real part of 0 or above.</summary>
    public ComplexVector Sqrt()
    {
        var modulus = Vector256.Sqrt((Real * Real) + (Imaginary * Imaginary));
        var large = Vector256.Sqrt((modulus + Vector256.Abs(Real)) * 0.5);
        var small = Vector256.Abs(Imaginary) / (large + large);
        var isRight = Vector256.GreaterThanOrEqual(Real, Vector256<double>.Zero);
        return new(
            Vector256.ConditionalSelect(isRight, large, small),
            Vector256.CopySign(Vector256.ConditionalSelect(isRight, small, large), Imaginary));
    }

    /// <summary>tanh(a + jb) = (sinh 2a + j sin 2b)/(cosh 2a + cos 2b).</summary>
    public ComplexVector Tanh()
    {
        var twice = Vector256.Clamp(Real, Vector256.Create(-TanhFlat), Vector256.Create(TanhFlat)) * 2;
        var (up, down) = (Vector256.Exp(twice), Vector256.Exp(-twice));
        var (sine, cosine) = Vector256.SinCos(Imaginary * 2);
        var square = twice * twice;
        var one = Vector256<double>.One;
        var series = twice * (one + (square / 6 * (one + (square / 20 * (one + (square / 42 * (one + (square / 72 * (one + (square / 110 * (one + (square / 156))))))))))));
        var sinh = Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(twice), Vector256.Create(SinhSmall)), series, (up - down) * 0.5);
        var scale = one / (((up + down) * 0.5) + cosine);
        return new(sinh * scale, sine * scale);
    }

    /// <summary>The logarithm with an angle between -π and π.</summary>
    public ComplexVector Log()
    {
        Span<double> angles = stackalloc double[Lanes];
        for (var i = 0; i < Lanes; i++)
            angles[i] = Math.Atan2(Imaginary[i], Real[i]);
        return new(Vector256.Log((Real * Real) + (Imaginary * Imaginary)) * 0.5, Vector256.Create<double>(angles));
    }

    public ComplexVector Exp()
    {
        var modulus = Vector256.Exp(Real);
        var (sine, cosine) = Vector256.SinCos(Imaginary);
        return new(modulus * cosine, modulus * sine);
    }

    /// <summary>One of the numbers.</summary>
    /// <param name="lane">0 to <see cref="Lanes"/> - 1.</param>
    public Complex At(int lane) => new(Real[lane], Imaginary[lane]);
}

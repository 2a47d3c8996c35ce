using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Electric current. Positive is oxidation at the working electrode; plating onto it is negative.</summary>
public readonly record struct Current(double Amperes) : IComparable<Current>
{
    public static Current FromMilliamperes(double value) => new(value * 1e-3);

    public static Current FromMicroamperes(double value) => new(value * 1e-6);

    public double Milliamperes => Amperes / 1e-3;

    public double Microamperes => Amperes / 1e-6;

    public Current Magnitude => new(Math.Abs(Amperes));

    public static Current operator -(Current current) => new(-current.Amperes);

    public static Current operator +(Current left, Current right) => new(left.Amperes + right.Amperes);

    public static Current operator -(Current left, Current right) => new(left.Amperes - right.Amperes);

    public static bool operator <(Current left, Current right) => left.Amperes < right.Amperes;

    public static bool operator >(Current left, Current right) => left.Amperes > right.Amperes;

    public static bool operator <=(Current left, Current right) => left.Amperes <= right.Amperes;

    public static bool operator >=(Current left, Current right) => left.Amperes >= right.Amperes;

    public int CompareTo(Current other) => Amperes.CompareTo(other.Amperes);

    public static Charge operator *(Current current, TimeSpan time) => new(current.Amperes * time.TotalSeconds);

    public static CurrentDensity operator /(Current current, Area area) => new(current.Amperes / area.SquareMetres);

    public override string ToString() => Math.Abs(Milliamperes) is > 0 and < 0.01
        ? string.Create(CultureInfo.InvariantCulture, $"{1e3 * Milliamperes:G6} µA")
        : string.Create(CultureInfo.InvariantCulture, $"{Milliamperes:G6} mA");
}

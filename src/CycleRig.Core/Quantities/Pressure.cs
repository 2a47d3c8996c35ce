using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Stack pressure.</summary>
public readonly record struct Pressure(double Pascals) : IComparable<Pressure>
{
    public static Pressure FromMegapascals(double value) => new(value * 1e6);

    public double Megapascals => Pascals / 1e6;

    public Pressure Magnitude => new(Math.Abs(Pascals));

    public static Pressure operator +(Pressure left, Pressure right) => new(left.Pascals + right.Pascals);

    public static Pressure operator -(Pressure left, Pressure right) => new(left.Pascals - right.Pascals);

    public static bool operator <(Pressure left, Pressure right) => left.Pascals < right.Pascals;

    public static bool operator >(Pressure left, Pressure right) => left.Pascals > right.Pascals;

    public static bool operator <=(Pressure left, Pressure right) => left.Pascals <= right.Pascals;

    public static bool operator >=(Pressure left, Pressure right) => left.Pascals >= right.Pascals;

    public int CompareTo(Pressure other) => Pascals.CompareTo(other.Pascals);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Megapascals:G6} MPa");
}

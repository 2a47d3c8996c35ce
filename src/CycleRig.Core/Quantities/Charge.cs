using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Electric charge, signed like the current.</summary>
public readonly record struct Charge(double Coulombs) : IComparable<Charge>
{
    public static Charge FromMilliampereHours(double value) => new(value * 3.6);

    public double MilliampereHours => Coulombs / 3.6;

    public Charge Magnitude => new(Math.Abs(Coulombs));

    public static Charge operator -(Charge charge) => new(-charge.Coulombs);

    public static Charge operator +(Charge left, Charge right) => new(left.Coulombs + right.Coulombs);

    public static Charge operator -(Charge left, Charge right) => new(left.Coulombs - right.Coulombs);

    public static bool operator <(Charge left, Charge right) => left.Coulombs < right.Coulombs;

    public static bool operator >(Charge left, Charge right) => left.Coulombs > right.Coulombs;

    public static bool operator <=(Charge left, Charge right) => left.Coulombs <= right.Coulombs;

    public static bool operator >=(Charge left, Charge right) => left.Coulombs >= right.Coulombs;

    public int CompareTo(Charge other) => Coulombs.CompareTo(other.Coulombs);

    public static ArealCapacity operator /(Charge charge, Area area) => new(charge.Coulombs / area.SquareMetres);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{MilliampereHours:G6} mAh");
}

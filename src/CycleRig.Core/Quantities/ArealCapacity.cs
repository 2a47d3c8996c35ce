using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Charge per electrode area.</summary>
public readonly record struct ArealCapacity(double CoulombsPerSquareMetre) : IComparable<ArealCapacity>
{
    public static ArealCapacity FromMilliampereHoursPerSquareCentimetre(double value) => new(value * 3.6e4);

    public static ArealCapacity FromMicroampereHoursPerSquareCentimetre(double value) => new(value * 36);

    public double MilliampereHoursPerSquareCentimetre => CoulombsPerSquareMetre / 3.6e4;

    public double MicroampereHoursPerSquareCentimetre => CoulombsPerSquareMetre / 36;

    public ArealCapacity Magnitude => new(Math.Abs(CoulombsPerSquareMetre));

    public static ArealCapacity operator +(ArealCapacity left, ArealCapacity right) => new(left.CoulombsPerSquareMetre + right.CoulombsPerSquareMetre);

    public static ArealCapacity operator -(ArealCapacity left, ArealCapacity right) => new(left.CoulombsPerSquareMetre - right.CoulombsPerSquareMetre);

    public static bool operator <(ArealCapacity left, ArealCapacity right) => left.CoulombsPerSquareMetre < right.CoulombsPerSquareMetre;

    public static bool operator >(ArealCapacity left, ArealCapacity right) => left.CoulombsPerSquareMetre > right.CoulombsPerSquareMetre;

    public static bool operator <=(ArealCapacity left, ArealCapacity right) => left.CoulombsPerSquareMetre <= right.CoulombsPerSquareMetre;

    public static bool operator >=(ArealCapacity left, ArealCapacity right) => left.CoulombsPerSquareMetre >= right.CoulombsPerSquareMetre;

    public int CompareTo(ArealCapacity other) => CoulombsPerSquareMetre.CompareTo(other.CoulombsPerSquareMetre);

    public static Charge operator *(ArealCapacity capacity, Area area) => new(capacity.CoulombsPerSquareMetre * area.SquareMetres);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{MilliampereHoursPerSquareCentimetre:G6} mAh/cm²");
}

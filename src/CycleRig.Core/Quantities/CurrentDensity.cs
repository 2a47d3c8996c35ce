using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Current per electrode area. Positive is oxidation at the working electrode.</summary>
public readonly record struct CurrentDensity(double AmperesPerSquareMetre) : IComparable<CurrentDensity>
{
    private const double SiPerLabUnit = 10; // 1 mA/cm² is exactly 10 A/m².

    public static CurrentDensity FromMilliamperesPerSquareCentimetre(double value) => new(value * SiPerLabUnit);

    public double MilliamperesPerSquareCentimetre => AmperesPerSquareMetre / SiPerLabUnit;

    public CurrentDensity Magnitude => new(Math.Abs(AmperesPerSquareMetre));

    public static Current operator *(CurrentDensity density, Area area) => new(density.AmperesPerSquareMetre * area.SquareMetres);

    public static CurrentDensity operator -(CurrentDensity density) => new(-density.AmperesPerSquareMetre);

    public static bool operator <(CurrentDensity left, CurrentDensity right) => left.AmperesPerSquareMetre < right.AmperesPerSquareMetre;

    public static bool operator >(CurrentDensity left, CurrentDensity right) => left.AmperesPerSquareMetre > right.AmperesPerSquareMetre;

    public static bool operator <=(CurrentDensity left, CurrentDensity right) => left.AmperesPerSquareMetre <= right.AmperesPerSquareMetre;

    public static bool operator >=(CurrentDensity left, CurrentDensity right) => left.AmperesPerSquareMetre >= right.AmperesPerSquareMetre;

    public int CompareTo(CurrentDensity other) => AmperesPerSquareMetre.CompareTo(other.AmperesPerSquareMetre);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{MilliamperesPerSquareCentimetre:G6} mA/cm²");
}

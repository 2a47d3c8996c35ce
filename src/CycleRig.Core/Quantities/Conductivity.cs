using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Electrical conductivity, ionic or electronic.</summary>
public readonly record struct Conductivity(double SiemensPerMetre) : IComparable<Conductivity>
{
    private const double SiPerLabUnit = 100; // 1 S/cm is exactly 100 S/m.

    public static Conductivity FromSiemensPerCentimetre(double value) => new(value * SiPerLabUnit);

    public static Conductivity FromMillisiemensPerCentimetre(double value) => new(value * SiPerLabUnit * 1e-3);

    public double SiemensPerCentimetre => SiemensPerMetre / SiPerLabUnit;

    public double MillisiemensPerCentimetre => SiemensPerMetre / SiPerLabUnit / 1e-3;

    public static bool operator <(Conductivity left, Conductivity right) => left.SiemensPerMetre < right.SiemensPerMetre;

    public static bool operator >(Conductivity left, Conductivity right) => left.SiemensPerMetre > right.SiemensPerMetre;

    public static bool operator <=(Conductivity left, Conductivity right) => left.SiemensPerMetre <= right.SiemensPerMetre;

    public static bool operator >=(Conductivity left, Conductivity right) => left.SiemensPerMetre >= right.SiemensPerMetre;

    public int CompareTo(Conductivity other) => SiemensPerMetre.CompareTo(other.SiemensPerMetre);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SiemensPerCentimetre:G6} S/cm");
}

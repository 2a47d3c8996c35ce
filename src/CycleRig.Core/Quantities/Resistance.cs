using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Resistance.</summary>
public readonly record struct Resistance(double Ohms) : IComparable<Resistance>
{
    public static bool operator <(Resistance left, Resistance right) => left.Ohms < right.Ohms;

    public static bool operator >(Resistance left, Resistance right) => left.Ohms > right.Ohms;

    public static bool operator <=(Resistance left, Resistance right) => left.Ohms <= right.Ohms;

    public static bool operator >=(Resistance left, Resistance right) => left.Ohms >= right.Ohms;

    public int CompareTo(Resistance other) => Ohms.CompareTo(other.Ohms);

    public static Voltage operator *(Resistance resistance, Current current) => new(resistance.Ohms * current.Amperes);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ohms:G6} Ω");
}

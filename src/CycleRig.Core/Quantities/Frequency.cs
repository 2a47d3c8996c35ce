using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Frequency.</summary>
public readonly record struct Frequency(double Hertz) : IComparable<Frequency>
{
    public static Frequency FromMegahertz(double value) => new(value * 1e6);

    public double Megahertz => Hertz / 1e6;

    public static bool operator <(Frequency left, Frequency right) => left.Hertz < right.Hertz;

    public static bool operator >(Frequency left, Frequency right) => left.Hertz > right.Hertz;

    public static bool operator <=(Frequency left, Frequency right) => left.Hertz <= right.Hertz;

    public static bool operator >=(Frequency left, Frequency right) => left.Hertz >= right.Hertz;

    public int CompareTo(Frequency other) => Hertz.CompareTo(other.Hertz);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hertz:G6} Hz");
}

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

    public override string ToString() => Hertz switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{Hertz / 1e6:G6} MHz"),
        >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{Hertz / 1e3:G6} kHz"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Hertz:G6} Hz"),
    };
}

using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Difference of two temperatures.</summary>
public readonly record struct TemperatureDifference(double Kelvins) : IComparable<TemperatureDifference>
{
    public TemperatureDifference Magnitude => new(Math.Abs(Kelvins));

    public static bool operator <(TemperatureDifference left, TemperatureDifference right) => left.Kelvins < right.Kelvins;

    public static bool operator >(TemperatureDifference left, TemperatureDifference right) => left.Kelvins > right.Kelvins;

    public static bool operator <=(TemperatureDifference left, TemperatureDifference right) => left.Kelvins <= right.Kelvins;

    public static bool operator >=(TemperatureDifference left, TemperatureDifference right) => left.Kelvins >= right.Kelvins;

    public int CompareTo(TemperatureDifference other) => Kelvins.CompareTo(other.Kelvins);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kelvins:G6} K");
}

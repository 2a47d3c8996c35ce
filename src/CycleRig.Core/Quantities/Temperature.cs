using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Thermodynamic temperature. The default is 0 K, which no rig reaches.</summary>
public readonly record struct Temperature(double Kelvins) : IComparable<Temperature>
{
    private const double KelvinsAtZeroCelsius = 273.15;

    public static Temperature FromCelsius(double value) => new(value + KelvinsAtZeroCelsius);

    public double Celsius => Kelvins - KelvinsAtZeroCelsius;

    public static TemperatureDifference operator -(Temperature left, Temperature right) => new(left.Kelvins - right.Kelvins);

    public static Temperature operator +(Temperature left, TemperatureDifference right) => new(left.Kelvins + right.Kelvins);

    public static bool operator <(Temperature left, Temperature right) => left.Kelvins < right.Kelvins;

    public static bool operator >(Temperature left, Temperature right) => left.Kelvins > right.Kelvins;

    public static bool operator <=(Temperature left, Temperature right) => left.Kelvins <= right.Kelvins;

    public static bool operator >=(Temperature left, Temperature right) => left.Kelvins >= right.Kelvins;

    public int CompareTo(Temperature other) => Kelvins.CompareTo(other.Kelvins);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Celsius:F2} °C");
}

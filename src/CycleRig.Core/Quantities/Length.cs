using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Length or thickness.</summary>
public readonly record struct Length(double Metres) : IComparable<Length>
{
    public static Length FromMillimetres(double value) => new(value * 1e-3);

    public static Length FromMicrometres(double value) => new(value * 1e-6);

    public double Millimetres => Metres / 1e-3;

    public double Micrometres => Metres / 1e-6;

    public static bool operator <(Length left, Length right) => left.Metres < right.Metres;

    public static bool operator >(Length left, Length right) => left.Metres > right.Metres;

    public static bool operator <=(Length left, Length right) => left.Metres <= right.Metres;

    public static bool operator >=(Length left, Length right) => left.Metres >= right.Metres;

    public int CompareTo(Length other) => Metres.CompareTo(other.Metres);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Millimetres:G6} mm");
}

using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Electrical resistivity, such as that of a metal filament.</summary>
public readonly record struct Resistivity(double OhmMetres) : IComparable<Resistivity>
{
    public static Resistivity FromNanoOhmMetres(double value) => new(value * 1e-9);

    public double NanoOhmMetres => OhmMetres / 1e-9;

    public static bool operator <(Resistivity left, Resistivity right) => left.OhmMetres < right.OhmMetres;

    public static bool operator >(Resistivity left, Resistivity right) => left.OhmMetres > right.OhmMetres;

    public static bool operator <=(Resistivity left, Resistivity right) => left.OhmMetres <= right.OhmMetres;

    public static bool operator >=(Resistivity left, Resistivity right) => left.OhmMetres >= right.OhmMetres;

    public int CompareTo(Resistivity other) => OhmMetres.CompareTo(other.OhmMetres);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{NanoOhmMetres:G6} nΩ m");
}

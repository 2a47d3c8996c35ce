using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Electrode area.</summary>
public readonly record struct Area(double SquareMetres) : IComparable<Area>
{
    public static Area FromSquareCentimetres(double value) => new(value * 1e-4);

    public double SquareCentimetres => SquareMetres / 1e-4;

    public static bool operator <(Area left, Area right) => left.SquareMetres < right.SquareMetres;

    public static bool operator >(Area left, Area right) => left.SquareMetres > right.SquareMetres;

    public static bool operator <=(Area left, Area right) => left.SquareMetres <= right.SquareMetres;

    public static bool operator >=(Area left, Area right) => left.SquareMetres >= right.SquareMetres;

    public int CompareTo(Area other) => SquareMetres.CompareTo(other.SquareMetres);

    /// <summary>Area of a disc, such as an electrode behind a round mask.</summary>
    public static Area OfDisc(Length diameter) => new(Math.PI / 4 * diameter.Metres * diameter.Metres);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SquareCentimetres:G6} cm²");
}

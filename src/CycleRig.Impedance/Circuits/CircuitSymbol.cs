using System.Globalization;
using System.Text;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// The drawn symbols, as SVG paths from the left end of the axis to the right one: zigzag for a resistor and loops for an inductor (ANSI/IEEE
/// 315), two plates for a capacitor, two chevrons for a constant-phase element as the field draws it; all others a box with their symbol.
/// </summary>
internal static class CircuitSymbol
{
    private const double Middle = CircuitLayout.SymbolWidth / 2;

    /// <summary>Half of the gap between plates or chevrons.</summary>
    private const double HalfGap = 3;

    private const double PlateHalf = 11;
    private const double ChevronDepth = 7;
    private const double BoxHalf = 11;
    private const double TeethHalf = 7;
    private const int Teeth = 6;
    private const int Loops = 4;

    /// <summary>Whether the symbol is a box that holds the element's symbol as text.</summary>
    public static bool IsBox(string symbol) => symbol is not ("R" or "C" or "CPE" or "L");

    /// <summary>Its path with absolute coordinates.</summary>
    public static string Path(string symbol, double x, double y)
    {
        var path = new StringBuilder();
        switch (symbol)
        {
            case "R":
                Move(path, x, y);
                var tooth = (CircuitLayout.SymbolWidth - (2 * HalfGap)) / Teeth;
                Line(path, x + HalfGap, y);
                for (var i = 0; i < Teeth; i++)
                    Line(path, x + HalfGap + ((i + 0.5) * tooth), i % 2 == 0 ? y - TeethHalf : y + TeethHalf);
                Line(path, x + CircuitLayout.SymbolWidth - HalfGap, y);
                Line(path, x + CircuitLayout.SymbolWidth, y);
                break;
            case "C":
                Ends(path, x, y, HalfGap);
                foreach (var plate in (ReadOnlySpan<double>)[-HalfGap, HalfGap])
                    Stroke(path, x + Middle + plate, y - PlateHalf, x + Middle + plate, y + PlateHalf);
                break;
            case "CPE":
                // Tips at the gap's sides; wires meet both tips.
                Move(path, x, y);
                Line(path, x + Middle - HalfGap + ChevronDepth / 2, y);
                Move(path, x + Middle + HalfGap + ChevronDepth / 2, y);
                Line(path, x + CircuitLayout.SymbolWidth, y);
                foreach (var tip in (ReadOnlySpan<double>)[-HalfGap + (ChevronDepth / 2), HalfGap + (ChevronDepth / 2)])
                {
                    Move(path, x + Middle + tip - ChevronDepth, y - PlateHalf);
                    Line(path, x + Middle + tip, y);
                    Line(path, x + Middle + tip - ChevronDepth, y + PlateHalf);
                }

                break;
            case "L":
                var loop = (CircuitLayout.SymbolWidth - (4 * HalfGap)) / Loops;
                Move(path, x, y);
                Line(path, x + (2 * HalfGap), y);
                for (var i = 1; i <= Loops; i++)
                    path.Append(CultureInfo.InvariantCulture, $" A{loop / 2:0.##},{loop / 2:0.##} 0 0 1 {x + (2 * HalfGap) + (i * loop):0.##},{y:0.##}");
                Line(path, x + CircuitLayout.SymbolWidth, y);
                break;
            default:
                const double inset = 6;
                Ends(path, x, y, Middle - inset);
                Move(path, x + inset, y - BoxHalf);
                Line(path, x + CircuitLayout.SymbolWidth - inset, y - BoxHalf);
                Line(path, x + CircuitLayout.SymbolWidth - inset, y + BoxHalf);
                Line(path, x + inset, y + BoxHalf);
                path.Append(" Z");
                break;
        }

        return path.ToString().TrimStart();
    }

    /// <summary>Wire to both sides of something in the middle.</summary>
    private static void Ends(StringBuilder path, double x, double y, double half)
    {
        Stroke(path, x, y, x + Middle - half, y);
        Stroke(path, x + Middle + half, y, x + CircuitLayout.SymbolWidth, y);
    }

    private static void Stroke(StringBuilder path, double x1, double y1, double x2, double y2)
    {
        Move(path, x1, y1);
        Line(path, x2, y2);
    }

    private static void Move(StringBuilder path, double x, double y) => path.Append(CultureInfo.InvariantCulture, $" M{x:0.##},{y:0.##}");

    private static void Line(StringBuilder path, double x, double y) => path.Append(CultureInfo.InvariantCulture, $" L{x:0.##},{y:0.##}");
}

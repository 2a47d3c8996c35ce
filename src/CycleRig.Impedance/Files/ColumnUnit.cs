namespace CycleRig.Impedance.Files;

/// <summary>What a unit in a column name measures.</summary>
internal enum ColumnQuantity
{
    None,
    Frequency,
    Resistance,

    /// <summary>Ω times area: known, so that it can be refused by name.</summary>
    ArealResistance,
    Angle,
    Time,
}

/// <summary>A unit as column names write it: case-sensitive prefixes, `Ω` or `ohm`, `°` or `deg`.</summary>
/// <param name="Quantity">What it measures; None where it is no unit that matters here.</param>
/// <param name="Factor">By which a value is multiplied to give Hz, Ω, rad or s.</param>
internal readonly record struct ColumnUnit(ColumnQuantity Quantity, double Factor)
{
    private const int LengthMax = 16;

    /// <summary>The unit, or None where the text is no unit that matters here.</summary>
    public static ColumnUnit Parse(ReadOnlySpan<char> text)
    {
        var unit = text.Trim();
        if (unit.IsEmpty || unit.Length > LengthMax)
            return default;
        if (Plain(unit) is { Quantity: not ColumnQuantity.None } plain)
            return plain;
        if (IsOhm(unit, out var factor))
            return new(ColumnQuantity.Resistance, factor);
        if (unit.Length > 2 && unit.EndsWith("Hz", StringComparison.Ordinal) && Prefix(unit[..^2]) is > 0 and var prefix)
            return new(ColumnQuantity.Frequency, prefix);
        return IsOhmTimesArea(unit) ? new(ColumnQuantity.ArealResistance, 1) : default;
    }

    /// <summary>Small letters are taken where no prefix can be meant: `mhz` could be milli or mega and is no unit.</summary>
    private static ColumnUnit Plain(ReadOnlySpan<char> unit) => unit switch
    {
        "Hz" or "hz" or "HZ" => new(ColumnQuantity.Frequency, 1),
        "khz" or "KHz" or "KHZ" => new(ColumnQuantity.Frequency, 1e3),
        "deg" or "Deg" or "deg." or "degree" or "degrees" or "°" or "º" => new(ColumnQuantity.Angle, Math.PI / 180),
        "rad" or "Rad" or "radian" or "radians" => new(ColumnQuantity.Angle, 1),
        "mrad" => new(ColumnQuantity.Angle, 1e-3),
        "s" or "S" or "sec" or "Sec" or "second" or "seconds" => new(ColumnQuantity.Time, 1),
        "ms" => new(ColumnQuantity.Time, 1e-3),
        "min" => new(ColumnQuantity.Time, 60),
        "h" or "hr" => new(ColumnQuantity.Time, 3600),
        _ => default,
    };

    private static bool IsOhm(ReadOnlySpan<char> unit, out double factor)
    {
        factor = 0;
        foreach (var name in (ReadOnlySpan<string>)["ohms", "ohm", "Ω", "\u2126"])
        {
            if (!unit.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            factor = Prefix(unit[..^name.Length].TrimEnd());
            return factor > 0;
        }

        return false;
    }

    private static bool IsOhmTimesArea(ReadOnlySpan<char> unit)
    {
        var area = unit.LastIndexOfAny("cdm");
        while (area > 0 && char.IsAsciiLetter(unit[area - 1]))
            area--;
        return area > 0 && unit[area..] is "cm2" or "cm²" or "cm^2" or "m2" or "m²" or "m^2" or "mm2" or "mm²" or "mm^2"
            && IsOhm(unit[..area].TrimEnd(" .*·-"), out _);
    }

    /// <summary>The factor of an SI prefix, 1 without one, 0 where it is none.</summary>
    private static double Prefix(ReadOnlySpan<char> prefix) => prefix switch
    {
        "" => 1,
        "G" => 1e9,
        "M" => 1e6,
        "k" or "K" => 1e3,
        "m" => 1e-3,
        "u" or "µ" or "μ" => 1e-6,
        "n" => 1e-9,
        _ => 0,
    };
}

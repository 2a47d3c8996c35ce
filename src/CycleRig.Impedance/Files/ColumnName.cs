namespace CycleRig.Impedance.Files;

/// <summary>What a column holds.</summary>
internal enum ColumnRole
{
    Other,
    Frequency,
    Real,
    Imaginary,
    Modulus,
    Phase,
    Time,

    /// <summary>A new spectrum starts where the value changes.</summary>
    Loop,
}

/// <summary>The meaning of a column by its name: `freq/Hz`, `-Im(Z)/Ohm`, `Z' (kΩ)`, `neg. Phase / °`, `zre_ohm`.</summary>
/// <param name="Role">What it holds; Other where the name or its unit is not known.</param>
/// <param name="Quantity">That of the unit; None where the name says none.</param>
/// <param name="Factor">By which a value is multiplied to give Hz, Ω, rad or s; negative where the column holds the negative.</param>
internal readonly record struct ColumnName(ColumnRole Role, ColumnQuantity Quantity, double Factor)
{
    private const int SymbolMax = 24;
    private const int LengthMax = 64;

    /// <summary>Reads a name as written.</summary>
    public static ColumnName Parse(ReadOnlySpan<char> name) => Parse(name, default);

    /// <summary>Reads a name whose unit stands in a line of its own.</summary>
    public static ColumnName Parse(ReadOnlySpan<char> name, ColumnUnit unit)
    {
        if (name.Length > LengthMax)
            return default;
        var symbol = Unquoted(name.Trim());
        while (IsStripped(ref symbol, out var found))
            unit = found;
        var isNegative = IsNegative(ref symbol);
        var role = RoleOf(symbol);
        var isFit = role switch
        {
            ColumnRole.Frequency => unit.Quantity is ColumnQuantity.None or ColumnQuantity.Frequency,
            ColumnRole.Real or ColumnRole.Imaginary or ColumnRole.Modulus =>
                unit.Quantity is ColumnQuantity.None or ColumnQuantity.Resistance or ColumnQuantity.ArealResistance,
            ColumnRole.Phase => unit.Quantity is ColumnQuantity.None or ColumnQuantity.Angle,
            ColumnRole.Time => unit.Quantity is ColumnQuantity.None or ColumnQuantity.Time,
            ColumnRole.Loop => unit.Quantity is ColumnQuantity.None,
            _ => false,
        };
        if (!isFit || (isNegative && role is not (ColumnRole.Imaginary or ColumnRole.Phase)))
            return default;
        var factor = unit.Quantity == ColumnQuantity.None ? 1 : unit.Factor;
        return new(role, unit.Quantity, isNegative ? -factor : factor);
    }

    /// <summary>Takes a unit from the end: in brackets, or behind the last slash or underscore.</summary>
    private static bool IsStripped(ref ReadOnlySpan<char> name, out ColumnUnit unit)
    {
        unit = default;
        if (!name.IsEmpty && name[^1] is (')' or ']'))
        {
            var open = name.LastIndexOf(name[^1] == ')' ? '(' : '[');
            unit = open > 0 ? ColumnUnit.Parse(name[(open + 1)..^1]) : default;
            name = unit.Quantity == ColumnQuantity.None ? name : name[..open].TrimEnd();
            return unit.Quantity != ColumnQuantity.None;
        }

        foreach (var mark in "/_")
        {
            var at = name.LastIndexOf(mark);
            unit = at > 0 ? ColumnUnit.Parse(name[(at + 1)..]) : default;
            if (unit.Quantity == ColumnQuantity.None)
                continue;
            name = name[..at].TrimEnd();
            return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> name) =>
        name.Length > 1 && name[0] == '"' && name[^1] == '"' ? name[1..^1].Trim() : name;

    private static bool IsNegative(ref ReadOnlySpan<char> symbol)
    {
        foreach (var sign in (ReadOnlySpan<string>)["neg.", "neg ", "minus ", "-", "\u2212", "\u2013"])
        {
            if (!symbol.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
                continue;
            symbol = symbol[sign.Length..].TrimStart();
            return true;
        }

        return false;
    }

    private static ColumnRole RoleOf(ReadOnlySpan<char> symbol)
    {
        Span<char> plain = stackalloc char[SymbolMax];
        var length = Plain(symbol, plain);
        return (ReadOnlySpan<char>)plain[..length] switch
        {
            "freq" or "freq." or "frequency" or "f" => ColumnRole.Frequency,
            "re" or "re(z)" or "real" or "real(z)" or "rez" or "zre" or "zr" or "zreal" or "z'" or "z'(a)" => ColumnRole.Real,
            "im" or "im(z)" or "imag" or "imag(z)" or "imz" or "zim" or "zi" or "zimg" or "zimag" or "z''" or "z''(b)" => ColumnRole.Imaginary,
            "|z|" or "z" or "zmod" or "mod(z)" or "zmag" or "abs(z)" or "impedance" or "magnitude" => ColumnRole.Modulus,
            "phase" or "phase(z)" or "phaseangle" or "zphz" or "zphase" or "arg(z)" or "theta" => ColumnRole.Phase,
            "time" or "elapsedtime" => ColumnRole.Time,
            "cyclenumber" or "cycle" or "loop" or "spectrum" or "ns" or "segment#" => ColumnRole.Loop,
            _ => ColumnRole.Other,
        };
    }

    /// <summary>Small letters, no blanks and underscores, one kind of prime. Returns 0 where it does not fit.</summary>
    private static int Plain(ReadOnlySpan<char> symbol, Span<char> plain)
    {
        var length = 0;
        foreach (var sign in symbol)
        {
            if (sign is ' ' or '_')
                continue;
            var isDouble = sign is '"' or '″' or '“' or '”';
            if (length + (isDouble ? 2 : 1) > plain.Length)
                return 0;
            plain[length++] = isDouble || sign is '′' or '’' or '‘' or '´' or '`' ? '\'' : char.ToLowerInvariant(sign);
            if (isDouble)
                plain[length++] = '\'';
        }

        return length;
    }
}

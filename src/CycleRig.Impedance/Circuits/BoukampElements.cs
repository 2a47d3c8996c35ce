using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// Elements of Boukamp's notation (Boukamp 1986, doi 10.1016/0167-2738(86)90031-7) and of its extension by symbols of several letters, and
/// how their parameters become ours. O has the admittance Y √(jω) coth(B √(jω)), diffusion that ends at a source: our Ws. T has tanh
/// instead, diffusion that ends at a wall: our Wo.
/// </summary>
internal static class BoukampElements
{
    private const double HalfExponent = 0.5;

    private static readonly ImmutableArray<(string Symbol, string Ours)> Renamed = [("Q", "CPE"), ("O", "Ws"), ("T", "Wo"), ("Ga", "G"), ("Ha", "HN")];

    private static readonly ImmutableArray<string> Letters = ["R", "C", "L", "Q", "W", "O", "T", "G"];

    /// <summary>All symbols that can be read, letters first.</summary>
    public static string Readable(ElementLibrary library) => string.Join(", ", Letters.Concat(
        library.Kinds.Select(kind => kind.Symbol).Where(IsReadable).Where(symbol => symbol.Length > 1).Concat(["Ga", "Ha"]).Order(StringComparer.Ordinal)));

    /// <summary>Letters that can be written.</summary>
    public static string Writable => string.Join(", ", Letters);

    /// <summary>Our element for a symbol, or null.</summary>
    public static ElementKind? Get(string symbol, ElementLibrary library)
    {
        var ours = Renamed.FirstOrDefault(pair => pair.Symbol == symbol).Ours ?? symbol;
        return ours != symbol || IsReadable(symbol) ? library[ours] : null;
    }

    /// <summary>The letter for our element, or null where there is none.</summary>
    public static string? Letter(ElementKind kind)
    {
        var letter = Renamed.FirstOrDefault(pair => pair.Ours == kind.Symbol && pair.Symbol.Length == 1).Symbol ?? kind.Symbol;
        return Letters.Contains(letter) && Get(letter, ElementLibrary.Standard)?.Symbol == kind.Symbol ? letter : null;
    }

    /// <summary>Parameters that may be written in braces behind a symbol, or null where none can be read.</summary>
    public static BoukampParameters? Parameters(string symbol) => symbol switch
    {
        "R" or "C" or "L" => new([symbol], null, given => given),
        "Q" => new(["Y", "n"], null, given => given),
        "Zarc" => new(["R", "tau", "n"], null, given => given),
        // L (jω)^n there, (jωL)^n here.
        "La" => new(["L", "n"], null, given => [GivenParameter.Of(given[0], given[1], (l, n) => Math.Pow(l, 1 / n)), given[1]]),
        // 1/(Y √(jω)) there, σ (1 - j)/√ω here.
        "W" => new(["Y", "n"], HalfExponent, given => [given[0].Through(y => 1 / (y * Math.Sqrt(2)), isFalling: true)]),
        // coth(√(B jω))/√(Y jω) there (tanh for Ws): B is our τ.
        "Wo" or "Ws" => new(["Y", "B", "n"], HalfExponent, given => [GivenParameter.Of(given[0], given[1], (y, b) => Math.Sqrt(b / y)), given[1]]),
        // coth(B √(jω))/(Y √(jω)) for Boukamp's T (tanh for O): B² is our τ.
        "O" or "T" => new(["Y", "B", "n"], HalfExponent, given => [GivenParameter.Of(given[0], given[1], (y, b) => b / y), given[1].Through(b => b * b)]),
        // 1/(Y √(k + jω)) there, R/√(1 + jωτ) here.
        "G" => new(["Y", "k", "n"], HalfExponent, given => [GivenParameter.Of(given[0], given[1], (y, k) => 1 / (y * Math.Sqrt(k))), given[1].Through(k => 1 / k, isFalling: true)]),
        "Ha" => new(["R", "tau", "a", "b"], null, given => given),
        "Ga" => new(["R", "tau", "n"], HalfExponent, given => given[..2]),
        _ => null,
    };

    /// <summary>A capital, then small letters.</summary>
    private static bool IsReadable(string symbol) => char.IsAsciiLetterUpper(symbol[0]) && symbol.Skip(1).All(char.IsAsciiLetterLower);
}

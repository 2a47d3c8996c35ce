using System.Collections.Immutable;
using CycleRig.Impedance.Circuits.Elements;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// The elements that circuit strings may name. Symbols, order of parameters and definitions are those of impedance.py 1.7 (MIT) where it
/// has the element, so that strings can be shared.
/// </summary>
public sealed class ElementLibrary
{
    private readonly ImmutableSortedDictionary<string, ElementKind> _bySymbol;

    private ElementLibrary(ImmutableSortedDictionary<string, ElementKind> bySymbol) => _bySymbol = bySymbol;

    /// <summary>R, C, L, CPE, La; W, Wo, Ws, Woa, Wsa; G, Gs; Zarc, HN, Kc; Ls, TLM.</summary>
    public static ElementLibrary Standard { get; } = new(new ElementKind[]
    {
        new Resistance(), new Capacitance(), new Inductance(), new ConstantPhase(), new LossyInductance(),
        new Warburg(), new OpenWarburg(), new ShortWarburg(), new OpenAnomalous(), new ShortAnomalous(),
        new Gerischer(), new FiniteGerischer(), new Zarc(), new HavriliakNegami(), new Constriction(), new DeLevie(), new TransmissionLine(),
    }.ToImmutableSortedDictionary(kind => kind.Symbol, kind => kind, StringComparer.Ordinal));

    /// <summary>All kinds, by symbol.</summary>
    public IEnumerable<ElementKind> Kinds => _bySymbol.Values;

    /// <summary>The element of that symbol, or null.</summary>
    public ElementKind? this[string symbol] => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>This library and one element more.</summary>
    /// <param name="kind">Its symbol consists of ASCII letters.</param>
    /// <exception cref="ArgumentException">The symbol is taken, has other characters, or begins a parallel (`p`).</exception>
    public ElementLibrary With(ElementKind kind)
    {
        if (kind.Symbol.Length == 0 || !kind.Symbol.All(char.IsAsciiLetter) || kind.Symbol == "p")
            throw new ArgumentException($"`{kind.Symbol}` cannot name an element; write ASCII letters, and not `p`, which is a parallel");
        if (_bySymbol.ContainsKey(kind.Symbol))
            throw new ArgumentException($"`{kind.Symbol}` is an element already; give the new one another symbol");
        return new(_bySymbol.Add(kind.Symbol, kind));
    }
}

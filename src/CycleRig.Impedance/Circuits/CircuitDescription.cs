using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>A circuit with the values, limits and labels that were written with it: <c>R{R=50/0/1e5:bulk}</c>.</summary>
/// <param name="Circuit">The circuit.</param>
/// <param name="Parameters">
/// In the order of the circuit's parameters, in our elements' definitions: a Warburg's admittance has become σ. Empty entries where nothing
/// was written. Limits of a parameter that comes of two (R of Wo and Ws by Y and B, L of La) are not kept.
/// </param>
/// <param name="Labels">By the element's name; only those written.</param>
public sealed record CircuitDescription(Circuit Circuit, ImmutableArray<GivenParameter> Parameters, ImmutableDictionary<string, string> Labels)
{
    /// <summary>Start values, null where none was written.</summary>
    public ImmutableArray<double?> Values => [.. Parameters.Select(parameter => parameter.Value)];

    /// <summary>Whether each parameter has a value.</summary>
    public bool IsComplete => Parameters.All(parameter => parameter.Value is not null);

    /// <summary>Reads a circuit in either notation; only the extended one carries values.</summary>
    /// <param name="text">The circuit.</param>
    /// <param name="library">The elements it may name; the standard ones without it.</param>
    /// <exception cref="CircuitFormatException">It cannot be read.</exception>
    public static CircuitDescription Read(string text, ElementLibrary? library = null)
    {
        List<ElementNode> elements = [.. ElementsOf(CircuitReader.Read(text, library))];
        return new(
            Circuit.Parse(text, library),
            [.. elements.SelectMany(element => element.Given is { Parameters: { Length: > 0 } given }
                ? given
                : Enumerable.Repeat(default(GivenParameter), element.Kind.Parameters.Length))],
            elements.Where(element => element.Given is { Label.Length: > 0 }).ToImmutableDictionary(element => element.Name, element => element.Given!.Label));
    }

    private static IEnumerable<ElementNode> ElementsOf(CircuitNode node) => node switch
    {
        ElementNode element => [element],
        SeriesNode series => series.Parts.SelectMany(ElementsOf),
        ParallelNode parallel => parallel.Parts.SelectMany(ElementsOf),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

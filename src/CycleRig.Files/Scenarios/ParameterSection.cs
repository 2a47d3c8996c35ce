using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>Reads `parameters:` of a simulated cell.</summary>
internal static class ParameterSection
{
    /// <summary>Reads them.</summary>
    /// <param name="map">Has the map of parameters.</param>
    /// <param name="thicknessMetres">Thickness of the cell, m: a crack must be shorter.</param>
    public static ImmutableArray<ParameterLaw> Read(YamlMap map, double thicknessMetres)
    {
        if (map.OptionalMap("parameters") is not { } parameters)
            return [];
        var laws = ImmutableArray.CreateBuilder<ParameterLaw>();
        foreach (var name in parameters.Keys.ToList())
        {
            if (CellParameters.Find(name) is not { } known)
            {
                parameters.Report(name, $"`{name}` is no parameter of a simulated cell; {(NearestName.Of(name, CellParameters.All.Select(each => each.Name)) is { } near ? $"write `{near}`" : "docs/scenarios.md lists them")}");
                parameters.Ignore(name);
                continue;
            }

            var law = DistributionSection.Read(parameters, name, known.Dimension, known.Low, known.High);
            if (name == "initial_crack" && Largest(law) >= thicknessMetres)
                parameters.Report(name, FormattableString.Invariant($"a crack of {Largest(law) * 1e6:G4} µm is deeper than the pellet of {thicknessMetres * 1e6:G4} µm; write a shorter crack or a thicker cell"));
            laws.Add(new(name, law));
        }

        return laws.ToImmutable();
    }

    private static double Largest(Distribution law) => law switch
    {
        Fixed fix => fix.Value,
        Uniform even => even.To,
        LogUniform even => even.To,
        _ => 0,
    };
}

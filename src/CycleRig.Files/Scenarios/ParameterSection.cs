using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Cells;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>Reads `parameters:` of a simulated cell.</summary>
internal static class ParameterSection
{
    /// <summary>Reads them.</summary>
    /// <param name="map">Has the map of parameters.</param>
    /// <param name="cell">The cell: a crack must be shorter than it is thick, and not all numbers of pores go under its electrode.</param>
    public static ImmutableArray<ParameterLaw> Read(YamlMap map, Cell cell)
    {
        var (parameters, sitesMost) = (map.OptionalMap("parameters"), Math.Floor(PoreSites.Most / PoreSites.Under(cell.Diameter, 1)));
        if (cell.Working != Electrode.Nickel && parameters?.Has("sites") != true && PoreSites.Usual > sitesMost)
            map.Report("diameter", TooManySites(PoreSites.Usual, cell));
        if (parameters is null)
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
            if (name == "initial_crack" && Largest(law) >= cell.Thickness.Metres)
                parameters.Report(name, FormattableString.Invariant($"a crack of {Largest(law) * 1e6:G4} µm is deeper than the pellet of {cell.Thickness.Metres * 1e6:G4} µm; write a shorter crack or a thicker cell"));
            if (name == "sites" && Largest(law) > sitesMost)
                parameters.Report(name, TooManySites(Largest(law), cell));
            // Laws without an upper end are cut there when they are drawn.
            laws.Add(new(name, name == "sites" ? law with { High = Math.Min(law.High, sitesMost) } : law));
        }

        return laws.ToImmutable();
    }

    private static string TooManySites(double sites, Cell cell) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sites:F0} pores under 2 mm are {PoreSites.Under(cell.Diameter, sites):F0} under {cell.Diameter.Metres * 1e3:G4} mm, and no more than {PoreSites.Most:F0} can be simulated; write `sites` up to {Math.Floor(PoreSites.Most / PoreSites.Under(cell.Diameter, 1)):F0} or a smaller diameter");

    private static double Largest(Distribution law) => law switch
    {
        Fixed fix => fix.Value,
        Uniform even => even.To,
        LogUniform even => even.To,
        _ => 0,
    };
}

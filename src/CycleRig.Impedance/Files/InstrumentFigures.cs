using System.Collections.Immutable;
using CycleRig.Impedance.Validity;

namespace CycleRig.Impedance.Files;

/// <summary>What an instrument's file says of its points: columns of EC-Lab for harmonics, distortion and noise, in percent.</summary>
public static class InstrumentFigures
{
    private static readonly ImmutableArray<string> Names = ["THD Ewe/%", "THD I/%", "NSD Ewe/%", "NSD I/%", "NSR Ewe/%", "NSR I/%"];

    /// <summary>N verdicts in the order of the points; empty where the file has none of the columns.</summary>
    public static ImmutableArray<PointQuality> Of(ImportedSpectrum spectrum)
    {
        SpectrumColumn?[] columns = [.. Names.Select(name => spectrum.Columns.FirstOrDefault(column => column.Name == name))];
        if (columns.All(column => column is null))
            return [];
        return [.. Enumerable.Range(0, spectrum.Data.Count).Select(i =>
        {
            double[] figures = [.. columns.Select(column => column?.Number(i) ?? 0)];
            return new PointQuality(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
        })];
    }
}

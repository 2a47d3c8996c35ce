using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Impedance;

namespace CycleRig.Reports.Verdicts;

/// <summary>What of the impedance has gone from one spectrum to another, at the frequencies that both have.</summary>
public static class SpectrumDifference
{
    /// <summary>
    /// Frequencies that differ by less are one: an instrument rounds them, and the impedance of a cell changes by less than that share of itself between
    /// them, for |d ln Z/d ln f| is below 1.
    /// </summary>
    private const double SameFrequency = 1e-4;

    /// <summary>The differences, falling in frequency; none where no frequency is common.</summary>
    /// <param name="before">The minuend.</param>
    /// <param name="after">What is taken off.</param>
    public static ImmutableArray<DifferencePoint> Of(Spectrum before, Spectrum after)
    {
        List<SpectrumPoint> first = Falling(before), second = Falling(after);
        var found = ImmutableArray.CreateBuilder<DifferencePoint>();
        for (int i = 0, j = 0; i < first.Count && j < second.Count;)
        {
            var (one, other) = (first[i], second[j]);
            if (Math.Abs(one.FrequencyHz - other.FrequencyHz) <= SameFrequency * one.FrequencyHz)
            {
                found.Add(new(one.FrequencyHz, new Complex(one.RealOhms, one.ImaginaryOhms) - new Complex(other.RealOhms, other.ImaginaryOhms)));
                (i, j) = (i + 1, j + 1);
            }
            else if (one.FrequencyHz > other.FrequencyHz)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return found.DrainToImmutable();
    }

    private static List<SpectrumPoint> Falling(Spectrum spectrum) =>
        [.. spectrum.Points.Where(ImpedanceData.IsUsable).DistinctBy(point => point.FrequencyHz).OrderByDescending(point => point.FrequencyHz)];
}

/// <summary>A difference of impedances.</summary>
/// <param name="FrequencyHz">Frequency, Hz.</param>
/// <param name="Ohms">Earlier minus later, Ω.</param>
public readonly record struct DifferencePoint(double FrequencyHz, Complex Ohms);

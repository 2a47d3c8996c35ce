using System.Collections.Immutable;

namespace CycleRig.Impedance.Validity;

/// <summary>Limits of a check of spectra.</summary>
public sealed record SpectrumCheckOptions
{
    public static SpectrumCheckOptions Default { get; } = new();

    /// <summary>What the instrument says of each of the N points of <see cref="ImpedanceData"/>; empty where it says nothing.</summary>
    public ImmutableArray<PointQuality> Qualities { get; init; } = [];

    /// <summary>Frequencies that were ordered, Hz; empty where they are not known: then gaps in the steps are found.</summary>
    public ImmutableArray<double> PlannedFrequenciesHz { get; init; } = [];

    /// <summary>Most harmonics, percent; default 5, as BioLogic's application note 65 takes.</summary>
    public double HarmonicsMaxPercent { get; init; } = 5;

    /// <summary>Most non-stationary distortion (NSD), percent; default 5.</summary>
    public double DriftMaxPercent { get; init; } = 5;

    /// <summary>Most noise to signal (NSR), percent; default 5.</summary>
    public double NoiseMaxPercent { get; init; } = 5;

    /// <summary>End of the voltage range, V, on either side; null where it is not known.</summary>
    public double? VoltageFullScaleVolts { get; init; }

    /// <summary>End of the current range, A, on either side; null where it is not known.</summary>
    public double? CurrentFullScaleAmperes { get; init; }

    /// <summary>Part of a range beyond which a point is saturated; default 0.98.</summary>
    public double SaturatedPart { get; init; } = 0.98;

    /// <summary>Distance beyond which a point is an outlier, standard deviations; default 5.</summary>
    public double OutlierAbove { get; init; } = 5;

    /// <summary>Most noise of a spectrum, part of |Z|; default 0.05.</summary>
    public double SpectrumNoiseMax { get; init; } = 0.05;

    /// <summary>
    /// Systematic deviations that are tolerated, part of |Z|; default 0.003. Below it a change during the sweep, or residuals that are not random, are
    /// real but harm no use of the spectrum.
    /// </summary>
    public double SystematicMax { get; init; } = 0.003;

    /// <summary>Fewest points of a spectrum; default 10, at least 7.</summary>
    public int PointsMin { get; init; } = 10;

    internal void Check(int points)
    {
        if (!Qualities.IsDefaultOrEmpty && Qualities.Length != points)
            throw new ArgumentException($"{points} points and what the instrument says of {Qualities.Length}; give as many, or none");
        if (PointsMin < LinearKramersKronig.PointsMin)
            throw new ArgumentException($"a spectrum of {PointsMin} points cannot be checked; ask for {LinearKramersKronig.PointsMin} or more");
        if (!(HarmonicsMaxPercent > 0 && DriftMaxPercent > 0 && NoiseMaxPercent > 0 && SpectrumNoiseMax > 0 && SystematicMax >= 0 && OutlierAbove > 2 && SaturatedPart is > 0 and <= 1))
            throw new ArgumentException("a limit of the check is out of its range; limits are above 0, outliers beyond more than 2 standard deviations, saturation at a part up to 1");
    }
}

using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Samples;

/// <summary>
/// Which direct current is meant by samples that carry the sine of a sweep: the one that was read first, until a sample leaves what a sine can do.
/// </summary>
internal struct DirectCurrent
{
    /// <summary>A current that was read at one crest of the sine and is read at the other differs by two amplitudes, and by its noise.</summary>
    public const double SineSwing = 2.2;
    public const double CurrentShare = 0.02;

    private double _amperes;

    /// <summary>Takes a sample's current.</summary>
    /// <param name="amperes">As sampled, A.</param>
    /// <param name="sineAmperes">Amplitude of a superimposed sine, A.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <returns>The direct current, A; 0 at rest, NaN where none was read yet.</returns>
    public double Follow(double amperes, double sineAmperes, double areaSquareCentimetres)
    {
        // A current that was not read may flow.
        if (!double.IsFinite(amperes))
            return _amperes == 0 ? double.NaN : _amperes;
        if (RestingCurrent.Is(amperes, areaSquareCentimetres))
            _amperes = 0;
        else if (_amperes == 0 || Math.Abs(amperes - _amperes) > (SineSwing * sineAmperes) + (CurrentShare * Math.Abs(_amperes)))
            _amperes = amperes;
        return _amperes;
    }
}

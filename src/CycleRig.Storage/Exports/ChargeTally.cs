namespace CycleRig.Storage.Exports;

/// <summary>Charge in either direction since a begin, from what the instrument counted from sample to sample.</summary>
/// <remarks>What flows there and back between two samples cancels. A sample without a number leaves the count to the next one.</remarks>
/// <param name="beginCoulombs">What was counted before, C.</param>
internal struct ChargeTally(double beginCoulombs)
{
    private const double CoulombsPerAmpereHour = 3600;

    private readonly double _begin = beginCoulombs;
    private double _newest = beginCoulombs;
    private double _oxidation;
    private double _reduction;

    public readonly double ChargingAmpereHours => _oxidation / CoulombsPerAmpereHour;

    public readonly double DischargingAmpereHours => _reduction / CoulombsPerAmpereHour;

    /// <summary>Positive where more was charged than discharged.</summary>
    public readonly double NetAmpereHours => (_newest - _begin) / CoulombsPerAmpereHour;

    /// <summary>Takes the instrument's count at the next sample, C; one that is no number is passed over.</summary>
    public void Count(double coulombs)
    {
        if (!double.IsFinite(coulombs))
            return;
        var since = coulombs - _newest;
        if (since > 0)
            _oxidation += since;
        else
            _reduction -= since;
        _newest = coulombs;
    }
}

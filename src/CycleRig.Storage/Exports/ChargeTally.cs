namespace CycleRig.Storage.Exports;

/// <summary>Charge in either direction since a begin, from what the instrument counted from sample to sample.</summary>
/// <remarks>What flows there and back between two samples cancels. A sample without a number leaves the count to the next one.</remarks>
internal struct ChargeTally
{
    private const double CoulombsPerAmpereHour = 3600;

    private double _oxidation;
    private double _reduction;

    public readonly double ChargingAmpereHours => _oxidation / CoulombsPerAmpereHour;

    public readonly double DischargingAmpereHours => _reduction / CoulombsPerAmpereHour;

    public readonly double NetAmpereHours => (_oxidation - _reduction) / CoulombsPerAmpereHour;

    public void Add(double coulombs)
    {
        if (coulombs > 0)
            _oxidation += coulombs;
        else
            _reduction -= coulombs;
    }
}

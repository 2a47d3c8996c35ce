using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;

namespace CycleRig.Benchmarks;

/// <summary>Readings of a sound cell at 0.5 mA/cm², a sweep each minute: contact improves, and nothing else.</summary>
internal static class PlatedReadings
{
    /// <summary>State of the detector after so many.</summary>
    public static DetectorState After(int sweeps, DetectorState state)
    {
        var draw = new Random(1);
        for (var minute = 0; minute < sweeps; minute++)
            state = Detector.Assess(state, Of(minute, draw), DetectorSettings.Default).Next;
        return state;
    }

    public static CellReading Of(int minute, Random draw) => new()
    {
        Valid = true,
        BulkOhms = 2460 * (1 + (0.005 * (draw.NextDouble() - 0.5))),
        BulkRelativeSd = 0.0015,
        InterfaceOhms = 16_000 * (1 + (3 * Math.Exp(-minute / 7.0))),
        InterfaceRelativeSd = 0.003,
        TimeSeconds = minute * 60,
        EndSeconds = (minute * 60) + 36,
        TemperatureCelsius = 30 + (0.01 * draw.NextDouble()),
        PressureMegapascals = 5,
        CurrentAmperes = -15.7e-6,
        AmperesPerSquareCentimetre = -5e-4,
    };
}

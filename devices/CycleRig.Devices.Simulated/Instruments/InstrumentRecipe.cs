using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>Errors of one instrument channel. Ranges: docs/simulated-rig.md.</summary>
public sealed record InstrumentRecipe
{
    /// <summary>Relative noise of a sweep point below the top decade, where it is three times as large.</summary>
    public double RelativeNoise { get; init; } = 0.0015;

    /// <summary>Floor of the noise of a sweep point, V; divided by the amplitude it is Ω.</summary>
    public double FloorVolts { get; init; } = 1.5e-6;

    /// <summary>Gain error above 1 MHz, relative per decade.</summary>
    public double GainPerDecade { get; init; }

    /// <summary>Phase error above 1 MHz, radians per decade.</summary>
    public double PhasePerDecade { get; init; }

    /// <summary>Chance that a sweep point is an outlier.</summary>
    public double Outliers { get; init; } = 4e-4;

    /// <summary>Noise of a voltage sample, V.</summary>
    public double SampleVolts { get; init; } = 60e-6;

    /// <summary>Resolution of a voltage sample, V: 16 bits of ±2.5 V.</summary>
    public double VoltResolution { get; init; } = 5.0 / 65536;

    /// <summary>Offset of the current reading as a share of the range.</summary>
    public double RangeOffset { get; init; }

    /// <summary>Noise of the current reading as a share of the range.</summary>
    public double RangeNoise { get; init; } = 2e-5;

    /// <summary>Mains pick-up, V, at 50 Hz.</summary>
    public double MainsVolts { get; init; }

    /// <summary>Offset of the thermistor at the cell, K.</summary>
    public double ThermistorOffset { get; init; }

    /// <summary>Draws an instrument.</summary>
    public static InstrumentRecipe Drawn(Draw draw) => new()
    {
        RelativeNoise = draw.Uniform(0.0008, 0.0022),
        FloorVolts = draw.Uniform(0.4e-6, 3e-6),
        GainPerDecade = draw.Uniform(-0.01, 0.01),
        PhasePerDecade = draw.Uniform(-0.01, 0.01),
        RangeOffset = draw.Uniform(-1e-4, 1e-4),
    };
}

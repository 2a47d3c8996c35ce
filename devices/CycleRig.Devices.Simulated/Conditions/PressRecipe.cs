using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>How a press behaves; the default is pneumatic. Ranges and their sources: docs/simulated-rig-conditions.md.</summary>
public sealed record PressRecipe
{
    /// <summary>Pressure and set-point at the start, MPa.</summary>
    public double StartMegapascals { get; init; }

    /// <summary>Temperature of the stack at the start, °C.</summary>
    public double StartCelsius { get; init; } = 25;

    /// <summary>Lag behind the set-point, s; 20-300.</summary>
    public double LagSeconds { get; init; } = 20;

    /// <summary>Lag of the stack behind the chamber's air, s.</summary>
    public double StackLagSeconds { get; init; } = 180;

    /// <summary>What a kelvin of the stack adds, MPa/K: 0 for a pneumatic press, 0.05-0.2 with a fixed gap.</summary>
    public double ComplianceMegapascalsPerKelvin { get; init; }

    /// <summary>Share of the pressure that is relaxed an hour after loading, 0-0.02; it goes on with the logarithm of time.</summary>
    public double CreepShare { get; init; }

    /// <summary>What plated charge adds, MPa/mAh summed over the cells in the press.</summary>
    public double BreathingMegapascalsPerMilliampereHour { get; init; }

    /// <summary>Standard deviation of a reading, share of the pressure.</summary>
    public double NoiseShare { get; init; } = 0.003;

    /// <summary>The sensor reads no further, MPa.</summary>
    public double OverloadMegapascals { get; init; } = 20;

    /// <summary>A press with a fixed gap out of a population.</summary>
    public static PressRecipe FixedGap(Draw draw) => new()
    {
        LagSeconds = draw.Uniform(20, 300),
        StackLagSeconds = draw.Uniform(60, 420),
        ComplianceMegapascalsPerKelvin = draw.Uniform(0.05, 0.2),
        CreepShare = draw.Uniform(0, 0.02),
        BreathingMegapascalsPerMilliampereHour = draw.Uniform(0, 2),
    };
}

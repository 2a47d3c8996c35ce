using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>How a chamber behaves. Ranges and their sources: docs/simulated-rig-conditions.md.</summary>
public sealed record ChamberRecipe
{
    /// <summary>Air, probe and set-point at the start, °C.</summary>
    public double StartCelsius { get; init; } = 25;

    /// <summary>Around the chamber, °C.</summary>
    public double AmbientCelsius { get; init; } = 23;

    /// <summary>Time in which the controller takes out an error of the air, s; 600-1800.</summary>
    public double LagSeconds { get; init; } = 600;

    /// <summary>
    /// Time in which the heater follows its controller, s. Zero makes the chamber first-order; otherwise its damping is
    /// ½√(lag/heater lag), and it overshoots once that is under 1.
    /// </summary>
    public double HeaterLagSeconds { get; init; }

    /// <summary>The controller moves its set-point no faster, K/min.</summary>
    public double RampKelvinsPerMinute { get; init; } = 5;

    /// <summary>What the heater can do, K/min.</summary>
    public double HeatingMaxKelvinsPerMinute { get; init; } = 10;

    /// <summary>What the cooler can do, K/min.</summary>
    public double CoolingMaxKelvinsPerMinute { get; init; } = 5;

    /// <summary>The air gets no colder, °C.</summary>
    public double AirMinCelsius { get; init; } = -40;

    /// <summary>The air gets no hotter, °C, with the heater stuck on either.</summary>
    public double AirMaxCelsius { get; init; } = 180;

    /// <summary>Time in which the air goes to ambient through the open door, s.</summary>
    public double DoorSeconds { get; init; } = 60;

    /// <summary>Lag of the probe that the host reads, s.</summary>
    public double ProbeLagSeconds { get; init; } = 15;

    /// <summary>The probe's offset is drawn between minus and plus this, K.</summary>
    public double ProbeOffsetMaxKelvins { get; init; } = 0.15;

    /// <summary>Standard deviation of a reading, K.</summary>
    public double ProbeNoiseKelvins { get; init; } = 0.012;

    /// <summary>One chamber of a population: 10-30 min, damped between 0.6 (overshoot 9 %) and 1.2 (none).</summary>
    public static ChamberRecipe Drawn(Draw draw)
    {
        var (lag, damping) = (draw.Uniform(600, 1800), draw.Uniform(0.6, 1.2));
        return new() { LagSeconds = lag, HeaterLagSeconds = lag / (4 * damping * damping), RampKelvinsPerMinute = draw.Uniform(1, 5), AmbientCelsius = draw.Uniform(19, 27) };
    }
}

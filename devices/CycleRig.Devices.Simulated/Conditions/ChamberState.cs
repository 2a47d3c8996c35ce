using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>Everything that a chamber remembers.</summary>
public sealed class ChamberState
{
    /// <summary>Rig time of the last step, s.</summary>
    public double SteppedSeconds { get; set; }

    /// <summary>Set-point that the host wrote, °C.</summary>
    public double TargetCelsius { get; set; }

    /// <summary>Where the controller's ramp is, °C.</summary>
    public double SetPointCelsius { get; set; }

    /// <summary>What heater and cooler do to the air, K/s; cooling is negative.</summary>
    public double HeatingKelvinsPerSecond { get; set; }

    /// <summary>True temperature of the air, °C.</summary>
    public double AirCelsius { get; set; }

    /// <summary>True temperature of the probe, °C.</summary>
    public double ProbeCelsius { get; set; }

    /// <summary>Offset of the probe, K.</summary>
    public double ProbeOffsetKelvins { get; set; }

    /// <summary>Of the probe's noise.</summary>
    public required Draw Noise { get; set; }
}

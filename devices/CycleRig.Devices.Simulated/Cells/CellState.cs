using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>All that changes in a simulated cell; a copy of it goes on with the same numbers.</summary>
public sealed class CellState
{
    /// <summary>Age, s.</summary>
    public double Seconds { get; set; }

    /// <summary>Age at the last renewal of the slow terms, s; NaN before the first.</summary>
    public double RenewedSeconds { get; set; } = double.NaN;

    /// <summary>Stack pressure at the last renewal, MPa.</summary>
    public double Megapascals { get; set; }

    /// <summary>Charge plated onto the working electrode since then, C.</summary>
    public double PendingPlated { get; set; }

    /// <summary>Charge stripped from it since then, C.</summary>
    public double PendingStripped { get; set; }

    /// <summary>Heat since then, J.</summary>
    public double PendingJoules { get; set; }

    /// <summary>Temperature behind the lag, °C.</summary>
    public double LaggedCelsius { get; set; }

    /// <summary>Own wander, K.</summary>
    public double WanderKelvins { get; set; }

    /// <summary>Temperature, Joule heat included, °C; NaN before any time has passed.</summary>
    public double Celsius { get; set; } = double.NaN;

    /// <summary>Charge through the cell in either direction, mAh/cm².</summary>
    public double Throughput { get; set; }

    public ElectrodeState Working { get; set; } = new();

    public ElectrodeState Counter { get; set; } = new();

    /// <summary>Relative deviation of the resistance by flicker.</summary>
    public double Flicker { get; set; }

    /// <summary>Overvoltage of diffusion, V.</summary>
    public double DiffusionVolts { get; set; }

    /// <summary>Voltage across the double layers of blocking electrodes, V.</summary>
    public double BlockedCellVolts { get; set; }

    /// <summary>Voltages on the slow branches of a blocking electrode, V.</summary>
    public double[] BlockedVolts { get; set; } = [];

    /// <summary>Conductance of the newest soft short when it began, S.</summary>
    public double BurstSiemens { get; set; }

    /// <summary>Age at which it began, s.</summary>
    public double BurstBegan { get; set; }

    /// <summary>Its time constant, s.</summary>
    public double BurstSeconds { get; set; } = 1;

    /// <summary>Whether a filament bridges the cell.</summary>
    public bool Bridged { get; set; }

    /// <summary>Added to leads by connectors that were touched, Ω and H.</summary>
    public double ExtraLeadOhms { get; set; }

    public double ExtraHenries { get; set; }

    /// <summary>Draws what happens while the cell lives.</summary>
    public required Draw Draw { get; set; }

    public SimulatedTruth Truth { get; set; } = new();
}

/// <summary>One electrode with the electrolyte under it.</summary>
public sealed class ElectrodeState
{
    /// <summary>Share of the interface that is voided, and the largest that it ever was.</summary>
    public double Voided { get; set; } = Voids.Least;

    public double VoidedMost { get; set; } = Voids.Least;

    /// <summary>Charge plated onto it, and what it has lost (net stripped), mAh/cm².</summary>
    public double Plated { get; set; }

    public double Lost { get; set; }

    /// <summary>Pore sites under it.</summary>
    public PoreSite[] Sites { get; set; } = [];
}

/// <summary>A sub-surface pore that spalls at most once, and the filament that may grow from it.</summary>
public sealed class PoreSite
{
    /// <summary>Distance from the axis over the electrode's radius.</summary>
    public double RadiusShare { get; set; }

    /// <summary>Own critical density over its own concentration of the current, mA/cm².</summary>
    public double Threshold { get; set; }

    /// <summary>Charge above threshold that is still missing until it spalls, mAh/cm².</summary>
    public double Missing { get; set; }

    /// <summary>Diameter of the crater, µm.</summary>
    public double CraterMicrometres { get; set; }

    /// <summary>Whether metal can grow from here, and charge still missing until it does, mAh/cm².</summary>
    public bool CanGrow { get; set; }

    public double OnsetMissing { get; set; }

    /// <summary>Speed against the fastest.</summary>
    public double Speed { get; set; }

    public bool Spalled { get; set; }

    /// <summary>Depth of the crack and of the metal in it, shares of the thickness.</summary>
    public double Crack { get; set; }

    public double Metal { get; set; }

    /// <summary>Charge for which it stays arrested, mAh/cm².</summary>
    public double Arrested { get; set; }
}

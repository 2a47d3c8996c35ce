namespace CycleRig.Devices.Simulated.Cells;

/// <summary>What really happened to a simulated cell; no controller sees it. Times are seconds since the rig began.</summary>
public sealed class SimulatedTruth
{
    /// <summary>Net charge, C, positive for oxidation.</summary>
    public double Coulombs { get; set; }

    /// <summary>Charge plated onto the working electrode, C.</summary>
    public double PlatedCoulombs { get; set; }

    /// <summary>Share of the bulk resistance that metal has taken.</summary>
    public double Loss { get; set; }

    /// <summary>Bulk resistance at 30 °C, damage included, Ω.</summary>
    public double BulkOhmsAtReference { get; set; }

    /// <summary>When the loss of bulk resistance began.</summary>
    public double? OnsetSeconds { get; set; }

    /// <summary>When growth entered its fast stage: half of the way.</summary>
    public double? PropagationSeconds { get; set; }

    /// <summary>When the cell shorted.</summary>
    public double? ShortSeconds { get; set; }

    /// <summary>When the first soft short began.</summary>
    public double? SoftShortSeconds { get; set; }

    /// <summary>When metal was first plated.</summary>
    public double? PlatingBeganSeconds { get; set; }

    /// <summary>When metal was last plated.</summary>
    public double? PlatingEndedSeconds { get; set; }

    /// <summary>Charge plated onto the working electrode when the loss began, under either electrode, C.</summary>
    public double? PlatedAtOnsetCoulombs { get; set; }

    /// <summary>Spalled sites, in the order in which they did.</summary>
    public List<Crater> Craters { get; set; } = [];

    /// <summary>Number of soft shorts.</summary>
    public int SoftShorts { get; set; }
}

/// <summary>A spalled site.</summary>
/// <param name="Seconds">When.</param>
/// <param name="AtCharge">Charge plated onto its electrode until then, mAh/cm².</param>
/// <param name="RadiusShare">Distance from the axis over the electrode's radius.</param>
/// <param name="Micrometres">Diameter of the crater, µm.</param>
public sealed record Crater(double Seconds, double AtCharge, double RadiusShare, double Micrometres);

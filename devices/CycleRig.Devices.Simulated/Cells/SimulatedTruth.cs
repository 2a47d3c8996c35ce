namespace CycleRig.Devices.Simulated.Cells;

/// <summary>What really happened to a simulated cell; no controller sees it. Times are seconds since the rig began.</summary>
public sealed class SimulatedTruth
{
    /// <summary>Net charge, C, positive for oxidation.</summary>
    public double Coulombs { get; internal set; }

    /// <summary>Charge plated onto the working electrode, C.</summary>
    public double PlatedCoulombs { get; internal set; }

    /// <summary>Share of the bulk resistance that metal has taken.</summary>
    public double Loss { get; internal set; }

    /// <summary>Bulk resistance at 30 °C, damage included, Ω.</summary>
    public double BulkOhmsAtReference { get; internal set; }

    /// <summary>When the loss of bulk resistance began.</summary>
    public double? OnsetSeconds { get; internal set; }

    /// <summary>When growth entered its fast stage.</summary>
    public double? PropagationSeconds { get; internal set; }

    /// <summary>When the cell shorted.</summary>
    public double? ShortSeconds { get; internal set; }

    /// <summary>When metal was first plated, and when last.</summary>
    public double? PlatingBeganSeconds { get; internal set; }

    public double? PlatingEndedSeconds { get; internal set; }

    /// <summary>Charge plated onto the working electrode when the loss began, C.</summary>
    public double? PlatedAtOnsetCoulombs { get; internal set; }
}

namespace CycleRig.Core.Safety;

/// <summary>How much room the disk of the journal has, from good to bad.</summary>
public enum DiskLevel
{
    /// <summary>A tenth or more is free.</summary>
    Fine,

    /// <summary>Less than a tenth: somebody should look.</summary>
    Warn,

    /// <summary>Less than a twentieth: fewer samples are written.</summary>
    ThinSamples,

    /// <summary>Less than a hundredth: cells are halted, <see cref="Reason.Storage"/>.</summary>
    Halt,
}

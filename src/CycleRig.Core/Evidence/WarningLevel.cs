namespace CycleRig.Core.Evidence;

/// <summary>Graded verdict of the early warning, rising.</summary>
public enum WarningLevel
{
    Healthy,

    /// <summary>Something to look at more often, or too little to look at.</summary>
    Watch,

    /// <summary>A person should look.</summary>
    Warning,

    /// <summary>The cell goes off, latched.</summary>
    Halt,
}

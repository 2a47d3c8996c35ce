namespace CycleRig.Core.Scenarios;

/// <summary>What can befall one simulated channel: its cable, its instrument, its leads or its cell. Written in files as snake_case text.</summary>
public enum UpsetKind
{
    /// <summary>The link is gone and says so; what runs goes on in the instrument.</summary>
    CablePulled,

    /// <summary>The link is gone and nobody says so.</summary>
    HalfOpen,

    /// <summary>The instrument restarts: cell off, order and queue forgotten, its clock from zero.</summary>
    Reboot,

    /// <summary>The current range is stuck: readings end at its full scale. Size: full scale, A.</summary>
    StuckRange,

    /// <summary>No samples.</summary>
    SampleGap,

    /// <summary>The instrument's clock jumps. Size: s.</summary>
    ClockJump,

    /// <summary>The instrument's clock runs fast or slow. Size: ratio, such as 2e-4.</summary>
    ClockDrift,

    /// <summary>Everything the instrument says comes later. Size: s.</summary>
    SlowAnswers,

    /// <summary>The answers to orders come later, and what follows them waits. Size: s.</summary>
    LateAnswers,

    /// <summary>What is heard is the next channel of the rig.</summary>
    WrongChannel,

    /// <summary>The output stays on whatever is ordered.</summary>
    OutputStuckOn,

    /// <summary>Noise of sweeps is larger. Size: times.</summary>
    NoisySpectra,

    /// <summary>Sweeps overload: no point reads more than a size, Ω.</summary>
    ClippedSpectra,

    /// <summary>Sweep points are missing. Size: share.</summary>
    MissingPoints,

    /// <summary>Sweep points are far off. Size: share.</summary>
    OutlierPoints,

    /// <summary>Sweep points are no numbers. Size: share.</summary>
    InvalidPoints,

    /// <summary>Every sweep point repeats the first one's impedance.</summary>
    FrozenSpectra,

    /// <summary>Mains pick-up on samples and on points near 50 Hz and its multiples. Size: V.</summary>
    Mains,

    /// <summary>A connector is touched. Size: Ω added to the leads.</summary>
    LeadStep,

    /// <summary>A soft short that heals.</summary>
    SoftShort,

    /// <summary>A filament bridges the cell without any sign before.</summary>
    SuddenShort,
}

namespace CycleRig.Core.Safety;

/// <summary>Which layer acted (docs/ARCHITECTURE.md, safety layers).</summary>
public enum SafetyLayer
{
    /// <summary>L0: the instrument's own bound, or a relay.</summary>
    Instrument,

    /// <summary>L1: the session's guard.</summary>
    Guard,

    /// <summary>L2: the early warning.</summary>
    EarlyWarning,

    /// <summary>L3: the supervisor.</summary>
    Supervisor,

    /// <summary>The channel machine, or a person.</summary>
    Machine,
}

namespace CycleRig.Devices.Instruments;

/// <summary>Who enforces a bound of a segment.</summary>
public enum Bound
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The session's guard, from samples.</summary>
    Session,

    /// <summary>The dead-man relay.</summary>
    Relay,

    /// <summary>The instrument's own program, at each of its samples.</summary>
    Instrument,
}

namespace CycleRig.Devices.Sessions;

/// <summary>What a session knows of its cell.</summary>
internal enum SessionPhase
{
    /// <summary>Off, and confirmed.</summary>
    Off,

    /// <summary>An arm went out; the instrument has not answered.</summary>
    Arming,

    /// <summary>The instrument runs a segment.</summary>
    Live,

    /// <summary>An abort went out, or a segment ended; off is not confirmed yet.</summary>
    Stopping,
}

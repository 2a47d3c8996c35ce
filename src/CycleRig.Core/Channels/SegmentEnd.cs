namespace CycleRig.Core.Channels;

/// <summary>Why an instrument ended a segment by itself.</summary>
public enum SegmentEnd
{
    /// <summary>Its time had passed, or its sweep was done: the planned end. Only this one goes on to a queued segment.</summary>
    Time,

    /// <summary>Its charge had passed.</summary>
    Charge,

    VoltageMin,

    VoltageMax,

    CurrentMax,

    /// <summary>It was told to abort.</summary>
    Aborted,

    /// <summary>The instrument reported a fault.</summary>
    Fault,
}

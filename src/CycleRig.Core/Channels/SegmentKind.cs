namespace CycleRig.Core.Channels;

/// <summary>Technique of a segment.</summary>
public enum SegmentKind
{
    /// <summary>Direct current, with or without a superimposed sweep.</summary>
    Galvanostatic,

    /// <summary>Constant voltage.</summary>
    Potentiostatic,

    /// <summary>Sweep with a current amplitude around zero current.</summary>
    Geis,

    /// <summary>Sweep with a voltage amplitude around open circuit.</summary>
    Peis,
}

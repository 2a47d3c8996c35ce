namespace CycleRig.Core.Safety;

/// <summary>What a reason says about the cell.</summary>
public enum ReasonKind
{
    /// <summary>The plan was carried out, or an operator ended it.</summary>
    Planned,

    /// <summary>The cell itself: metal in the electrolyte, a short.</summary>
    Damage,

    /// <summary>Pressure, temperature, instrument, host: never counts as a detection.</summary>
    Interlock,
}

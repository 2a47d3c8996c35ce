namespace CycleRig.Core.Cells;

/// <summary>State of the electrolyte's surface under the electrodes.</summary>
public enum Surface
{
    /// <summary>As polished: carbonate on top, poor contact, interface of some 2000 Ω cm² that improves on plating.</summary>
    Untreated,

    /// <summary>Acid-treated and heated: lithiophilic, interface near zero.</summary>
    AcidTreated,
}

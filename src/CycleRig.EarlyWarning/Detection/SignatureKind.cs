namespace CycleRig.EarlyWarning.Detection;

/// <summary>What a change from an onset on may be.</summary>
public enum SignatureKind
{
    /// <summary>Metal in the electrolyte: R_bulk falls with the charge that passes, R_int holds.</summary>
    Metal,

    /// <summary>The cell warms and the thermometer does not tell: both fall evenly with time, as their activation energies say.</summary>
    Temperature,

    /// <summary>The thermometer moves and the cell does not: what its reading takes from both was never there.</summary>
    Thermometer,

    /// <summary>R_bulk fell at once and stays: a lead, a connector, a range.</summary>
    Step,
}

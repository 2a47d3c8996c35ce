namespace CycleRig.Core.Safety;

/// <summary>What a channel depends on. Every one must be granted, and fresh, while current flows.</summary>
public enum Permit
{
    Chamber,
    Press,
    Door,
    EmergencyStop,
    Supervisor,
}

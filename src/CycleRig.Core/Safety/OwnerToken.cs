namespace CycleRig.Core.Safety;

/// <summary>Issued by a session to the one who may arm it. The newest wins; a new boot id voids all.</summary>
/// <param name="BootId">Drawn when the device host's process started.</param>
/// <param name="Counter">Rises with every owner.</param>
public readonly record struct OwnerToken(Guid BootId, long Counter);

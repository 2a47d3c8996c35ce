namespace CycleRig.Host.Commands;

/// <summary>The host could not be reached, or refused.</summary>
internal sealed class ApiException(string message) : Exception(message);

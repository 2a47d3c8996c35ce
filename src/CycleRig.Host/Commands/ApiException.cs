namespace CycleRig.Host.Commands;

/// <summary>The host could not be reached, or refused.</summary>
/// <param name="message">What happened and what to do.</param>
/// <param name="isRefusal">Whether the host answered, and refused.</param>
internal sealed class ApiException(string message, bool isRefusal = false) : Exception(message)
{
    public bool IsRefusal { get; } = isRefusal;
}

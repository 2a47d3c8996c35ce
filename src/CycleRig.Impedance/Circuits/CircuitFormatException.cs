namespace CycleRig.Impedance.Circuits;

/// <summary>A circuit string that cannot be read; its message has the column.</summary>
public sealed class CircuitFormatException : FormatException
{
    public CircuitFormatException()
    {
    }

    public CircuitFormatException(string message)
        : base(message)
    {
    }

    public CircuitFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Builds the message.</summary>
    /// <param name="text">The circuit as written.</param>
    /// <param name="position">Index of the first wrong character.</param>
    /// <param name="what">What is wrong there.</param>
    public CircuitFormatException(string text, int position, string what)
        : base($"circuit `{text}`, column {position + 1}: {what}") => Position = position;

    /// <summary>Index of the first wrong character.</summary>
    public int Position { get; }
}

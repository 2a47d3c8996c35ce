namespace CycleRig.Impedance.Circuits;

/// <summary>
/// A circuit string that cannot be read. The first line of its message has the column and what to write; two more show the circuit with a
/// caret under the place.
/// </summary>
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
        : base($"circuit `{Plain(text)}`, column {position + 1}: {what}{Picture(text, position)}") => Position = position;

    /// <summary>Index of the first wrong character.</summary>
    public int Position { get; }

    private static string Picture(string text, int position) =>
        string.IsNullOrWhiteSpace(text) ? "" : $"\n  {Plain(text)}\n  {new string(' ', position)}^";

    /// <summary>Line ends and tabs would move the caret.</summary>
    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}

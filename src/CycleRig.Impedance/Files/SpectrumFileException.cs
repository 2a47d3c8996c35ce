namespace CycleRig.Impedance.Files;

/// <summary>A spectrum file that cannot be read; the message has file, line, column, what was read and what to do.</summary>
public sealed class SpectrumFileException : Exception
{
    public SpectrumFileException()
    {
    }

    public SpectrumFileException(string message)
        : base(message)
    {
    }

    public SpectrumFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Builds the message for a whole line.</summary>
    /// <param name="file">Name as given.</param>
    /// <param name="line">From 1.</param>
    /// <param name="what">What was read and what to do.</param>
    public SpectrumFileException(string file, int line, string what)
        : this(file, line, 1, what)
    {
    }

    /// <summary>Builds the message for a place in a line.</summary>
    /// <param name="file">Name as given.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">Character in the line, from 1.</param>
    /// <param name="what">What was read and what to do.</param>
    public SpectrumFileException(string file, int line, int column, string what)
        : base($"{file}:{line}:{column}: {what}")
    {
    }
}

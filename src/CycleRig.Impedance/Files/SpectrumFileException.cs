namespace CycleRig.Impedance.Files;

/// <summary>A spectrum file that cannot be read; the message has file, line, what was read and what to do.</summary>
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

    /// <summary>Builds the message.</summary>
    /// <param name="file">Name as given.</param>
    /// <param name="line">From 1.</param>
    /// <param name="what">What was read and what to do.</param>
    public SpectrumFileException(string file, int line, string what)
        : base($"{file}:{line}:1: {what}")
    {
    }
}

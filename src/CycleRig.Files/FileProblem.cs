namespace CycleRig.Files;

/// <summary>One thing wrong with a file.</summary>
/// <param name="File">Name as given.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="What">What was read and what to write.</param>
public sealed record FileProblem(string File, long Line, long Column, string What)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {What}";
}

/// <summary>A file that cannot be used, with everything that is wrong with it.</summary>
public sealed class FileProblemsException(IReadOnlyList<FileProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>In the order of the file; at least one.</summary>
    public IReadOnlyList<FileProblem> Problems { get; } = problems;
}

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// Reads both notations: <c>R0-p(R1,CPE1)-p(R2,CPE2)</c> and Boukamp's <c>R(RQ)(RQ)</c>, the latter also with square brackets, values,
/// limits and labels: <c>R{R=100}(R{R=200/0/1e5:bulk}Q{Y=6.2e-5,n=0.93F})</c>.
/// </summary>
internal static class CircuitReader
{
    private const int LengthMax = 4000;

    /// <exception cref="CircuitFormatException">It cannot be read.</exception>
    public static CircuitNode Read(string text, ElementLibrary? library = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new CircuitFormatException(text, 0, "the circuit is empty; write such as R0-p(R1,CPE1)");
        if (text.Length > LengthMax)
            throw new CircuitFormatException($"the circuit has {text.Length} characters; at most {LengthMax} are read");
        var source = new CircuitText(text, library ?? ElementLibrary.Standard);
        var extended = text.AsSpan().IndexOfAny('[', '{') >= 0;
        var dashed = !extended && (text.Contains('-', StringComparison.Ordinal) || text.Contains("p(", StringComparison.Ordinal) || text.Any(char.IsDigit));
        var node = dashed ? new DashedReader(source).Read() : new BoukampReader(source, extended).Read();
        source.Blank();
        return source.Ended ? node : throw source.Wrong("this does not belong here");
    }
}

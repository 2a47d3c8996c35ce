using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Host.Fits;

/// <summary>Start values, fixed values and bounds, from the circuit's braces and from `NAME=VALUE` and `NAME=LOW..HIGH`, which win.</summary>
internal sealed class GivenParameters
{
    private readonly Circuit _circuit;

    /// <param name="description">The circuit with what was written with it.</param>
    /// <exception cref="FormatException">A bound cannot be; the message names the parameter.</exception>
    public GivenParameters(CircuitDescription description)
    {
        _circuit = description.Circuit;
        for (var k = 0; k < description.Parameters.Length; k++)
        {
            var (name, kind, given) = (_circuit.ParameterNames[k], _circuit.Parameters[k], description.Parameters[k]);
            if (given.Value is { } value)
                Start = Start.SetItem(name, Held(kind, value));
            if (given.IsFixed)
                Fixed = Fixed.Add(name);
            if (given.Low is not null || given.High is not null)
                Bounds = Bounds.SetItem(name, Bound(kind, given.Low ?? kind.Low, given.High ?? kind.High));
        }
    }

    public ImmutableDictionary<string, double> Start { get; private set; } = ImmutableDictionary<string, double>.Empty;

    public ImmutableHashSet<string> Fixed { get; private set; } = [];

    public ImmutableDictionary<string, ParameterBounds> Bounds { get; private set; } = ImmutableDictionary<string, ParameterBounds>.Empty;

    /// <summary>Takes `R1=3800,CPE1_0=6e-11` in SI units.</summary>
    /// <exception cref="FormatException">No such parameter, or no number.</exception>
    public void AddStart(IEnumerable<string> texts) => AddStart("--start", texts);

    /// <summary>Takes `R0=0,CPE1_1=1`; 0 stands for the least value of the element.</summary>
    /// <exception cref="FormatException">No such parameter, or no number.</exception>
    public void AddFixed(IEnumerable<string> texts)
    {
        foreach (var name in AddStart("--fix", texts))
            Fixed = Fixed.Add(name);
    }

    /// <summary>Takes `R1=100..1e4`.</summary>
    /// <exception cref="FormatException">No such parameter, or no two numbers.</exception>
    public void AddBounds(IEnumerable<string> texts)
    {
        foreach (var (name, text) in Pairs("--bound", texts))
        {
            var kind = Kind("--bound", name);
            var ends = text.Split("..");
            if (ends.Length != 2)
                throw new FormatException($"--bound {name}={text}: write the lower and the upper end, such as {name}=100..1e4");
            Bounds = Bounds.SetItem(name, Bound(kind, End(ends[0], kind.Low), End(ends[1], kind.High)));

            double End(string end, double open) => string.IsNullOrWhiteSpace(end) ? open : Number("--bound", name, end);
        }
    }

    /// <summary>Refuses starts outside of their bounds, and empty bounds.</summary>
    /// <exception cref="FormatException">The message names the parameter.</exception>
    public void Check()
    {
        foreach (var (name, bounds) in Bounds)
        {
            if (!(bounds.Low < bounds.High))
                throw new FormatException(FormattableString.Invariant($"the bounds of {name} are {bounds.Low} and {bounds.High}; give the lower one first, such as {name}=100..1e4"));
            if (Start.TryGetValue(name, out var start) && !Fixed.Contains(name) && Math.Abs(start) is var size && (size < bounds.Low || size > bounds.High))
                throw new FormatException(FormattableString.Invariant($"the start of {name}, {start}, lies outside its bounds {bounds.Low} and {bounds.High}; widen them or begin between them"));
        }

        foreach (var (name, value) in Start)
        {
            if (value < 0 && !Kind("--start", name).MayBeNegative)
                throw new FormatException(FormattableString.Invariant($"the value of {name} is {value}; give one above 0"));
        }
    }

    private List<string> AddStart(string option, IEnumerable<string> texts)
    {
        var names = new List<string>();
        foreach (var (name, text) in Pairs(option, texts))
        {
            Start = Start.SetItem(name, Held(Kind(option, name), Number(option, name, text)));
            names.Add(name);
        }

        return names;
    }

    /// <summary>A fit works on logarithms: 0 is the least value, which no spectrum tells from it.</summary>
    private static double Held(ParameterKind kind, double value) => value == 0 && kind.IsLogarithmic ? kind.Low : value;

    private static ParameterBounds Bound(ParameterKind kind, double low, double high) => new(kind.IsLogarithmic && low <= 0 ? kind.Low : low, high);

    private static IEnumerable<(string Name, string Text)> Pairs(string option, IEnumerable<string> texts)
    {
        foreach (var pair in texts.SelectMany(text => text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new FormatException($"{option} {pair}: write NAME=VALUE, such as {(option == "--bound" ? "R1=100..1e4" : "R1=3800")}, with a comma between two");
            yield return (pair[..at].Trim(), pair[(at + 1)..].Trim());
        }
    }

    private ParameterKind Kind(string option, string name) => _circuit.ParameterNames.IndexOf(name) is var k and >= 0
        ? _circuit.Parameters[k]
        : throw new FormatException($"{option}: `{_circuit.Text}` has no parameter `{name}`; it has {string.Join(", ", _circuit.ParameterNames)}");

    private static double Number(string option, string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"{option} {name}: `{text}` is no number; write it in SI units, such as 3800 or 6e-11");
}

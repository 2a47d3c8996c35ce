using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Between a circuit's parameters and the free variables of a fit: ln |p|, or p for exponents. Fixed parameters keep their start, tied ones
/// follow another by a factor, the sign of a resistance is that of its start.
/// </summary>
internal sealed class ParameterMap
{
    private const int NotFree = -1;

    private readonly int[] _leads;
    private readonly double[] _fixed;
    private readonly double[] _signs;
    private readonly double[] _factors;

    /// <exception cref="ArgumentException">A name that the circuit does not have, bounds that exclude the start, a tie to what is not free.</exception>
    public ParameterMap(Circuit circuit, FitOptions options)
    {
        Circuit = circuit;
        var count = circuit.Parameters.Length;
        (Columns, _factors, _fixed, _signs) = (new int[count], new double[count], new double[count], new double[count]);
        var leads = new List<int>(count);
        foreach (var name in options.Fixed.Concat(options.Bounds.Keys).Concat(options.Ties.Keys).Concat(options.Ties.Values.Select(tie => tie.To)))
            _ = Index(circuit, name);
        if (options.Fixed.FirstOrDefault(options.Ties.ContainsKey) is { } both)
            throw new ArgumentException($"`{both}` is both fixed and tied; say one of the two");
        if (!options.Fixed.IsEmpty && options.Start.IsEmpty)
            throw new ArgumentException($"a fixed parameter needs a value; give a start for {string.Join(", ", options.Fixed.Order(StringComparer.Ordinal))}");
        for (var k = 0; k < count; k++)
        {
            var name = circuit.ParameterNames[k];
            (_factors[k], _signs[k], Columns[k]) = (1, 1, NotFree);
            if (!options.Fixed.Contains(name) && !options.Ties.ContainsKey(name))
                (Columns[k], leads) = (leads.Count, [.. leads, k]);
        }

        _leads = [.. leads];
        foreach (var (name, tie) in options.Ties)
            Tie(Index(circuit, name), Index(circuit, tie.To), tie, circuit);
        (Low, High) = (new double[_leads.Length], new double[_leads.Length]);
        for (var f = 0; f < _leads.Length; f++)
            Bound(f, options);
        if (!options.Start.IsEmpty)
            Begin(options);
    }

    public Circuit Circuit { get; }

    /// <summary>Free variable of each parameter, or -1 for a fixed one.</summary>
    public int[] Columns { get; }

    /// <summary>Number of free variables.</summary>
    public int Free => _leads.Length;

    /// <summary>Bounds of the free variables.</summary>
    public double[] Low { get; }

    public double[] High { get; }

    /// <summary>The parameter of a free variable.</summary>
    public int Lead(int variable) => _leads[variable];

    /// <summary>From parameters to free variables, moved within their bounds; takes signs and fixed values over.</summary>
    public void Fold(ReadOnlySpan<double> values, Span<double> inner)
    {
        for (var k = 0; k < values.Length; k++)
        {
            _signs[k] = Math.Sign(values[k]) is var sign && sign < 0 && Circuit.Parameters[k].MayBeNegative ? -1 : 1;
            if (Columns[k] == NotFree)
                _fixed[k] = values[k];
        }

        for (var f = 0; f < _leads.Length; f++)
        {
            var k = _leads[f];
            inner[f] = Math.Clamp(Circuit.Parameters[k].IsLogarithmic ? Math.Log(Math.Abs(values[k])) : values[k], Low[f], High[f]);
        }
    }

    /// <summary>From free variables to parameters.</summary>
    public void Unfold(ReadOnlySpan<double> inner, Span<double> values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            var column = Columns[k];
            if (column == NotFree)
                values[k] = _fixed[k];
            else if (Circuit.Parameters[k].IsLogarithmic)
                values[k] = _signs[k] * _factors[k] * Math.Exp(inner[column]);
            else
                values[k] = inner[column];
        }
    }

    /// <summary>A value of a parameter as that of its free variable.</summary>
    public double Inner(int parameter, double value) =>
        Circuit.Parameters[parameter].IsLogarithmic ? Math.Log(Math.Abs(value)) - Math.Log(_factors[parameter]) : value;

    public static int Index(Circuit circuit, string name) => circuit.ParameterNames.IndexOf(name) is var index and >= 0
        ? index
        : throw new ArgumentException($"the circuit has no parameter `{name}`; it has {string.Join(", ", circuit.ParameterNames)}");

    private void Tie(int from, int to, ParameterTie tie, Circuit circuit)
    {
        var (name, kind) = (circuit.ParameterNames[from], circuit.Parameters[from]);
        if (Columns[to] == NotFree)
            throw new ArgumentException($"`{name}` is tied to `{tie.To}`, which is not free; tie it to a free parameter or fix it");
        if (kind.Role != circuit.Parameters[to].Role || !(tie.Factor > 0) || (!kind.IsLogarithmic && tie.Factor != 1))
            throw new ArgumentException(FormattableString.Invariant($"`{name}` cannot be {tie.Factor} times `{tie.To}`: tie like to like by a factor above 0, exponents by 1"));
        (Columns[from], _factors[from]) = (Columns[to], tie.Factor);
    }

    private void Bound(int variable, FitOptions options)
    {
        var k = _leads[variable];
        var (name, kind) = (Circuit.ParameterNames[k], Circuit.Parameters[k]);
        var (low, high) = options.Bounds.TryGetValue(name, out var given) ? given : new(kind.Low, kind.High);
        if (!(low < high) || (kind.IsLogarithmic && !(low > 0)))
            throw new ArgumentException(FormattableString.Invariant($"the bounds of `{name}` are {low} and {high}; give a lower one{(kind.IsLogarithmic ? " above 0" : "")} and a higher one"));
        (Low[variable], High[variable]) = kind.IsLogarithmic ? (Math.Log(low), Math.Log(high)) : (low, high);
    }

    private void Begin(FitOptions options)
    {
        if (options.Start.Length != Circuit.Parameters.Length)
            throw new ArgumentException($"the start has {options.Start.Length} values; the circuit has {Circuit.Parameters.Length} parameters: {string.Join(", ", Circuit.ParameterNames)}");
        for (var k = 0; k < options.Start.Length; k++)
        {
            var (name, kind, value) = (Circuit.ParameterNames[k], Circuit.Parameters[k], options.Start[k]);
            if (!double.IsFinite(value) || (kind.IsLogarithmic && value == 0) || (value < 0 && !kind.MayBeNegative && kind.Role != ParameterRole.Drift))
                throw new ArgumentException(FormattableString.Invariant($"the start of `{name}` is {value}; give a number {(kind.MayBeNegative ? "other than" : "above")} 0"));
            if ((kind.IsLogarithmic ? Math.Abs(value) : value) is var size && options.Bounds.TryGetValue(name, out var bounds) && (size < bounds.Low || size > bounds.High))
                throw new ArgumentException(FormattableString.Invariant($"the bounds of `{name}`, {bounds.Low} and {bounds.High}, exclude its start {value}; widen them or begin between them"));
        }

        Fold([.. options.Start], new double[Free]);
    }
}

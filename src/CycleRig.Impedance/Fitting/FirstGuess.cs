using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Seeded starts from the data. By turns: the sketch of the spectrum laid onto the circuit, arcs from fast to slow as circuits are mostly
/// written and diffusion last, a little moved after the first time; and values drawn over what the sweep can show.
/// </summary>
internal sealed class FirstGuess
{
    private const double Exponent = 0.88;

    /// <summary>How far starts from the sketch are moved: in ln R and ln τ, more each time.</summary>
    private const double Jitter = 0.3;

    /// <summary>A diffusion whose end is not in sight has its time constant so far below the measured range, or so far within.</summary>
    private const double DiffusionRange = 100;

    private readonly Circuit _circuit;
    private readonly Random _draw;
    private readonly RelaxationSketch _sketch;
    private readonly List<RelaxationGroup> _groups;
    private readonly double[] _values;
    private readonly bool _mayBeNegative;
    private readonly double _largest;
    private readonly double _smallest;
    private readonly double _top;
    private readonly double _bottom;
    private int _starts;
    private int _jitters;

    public FirstGuess(Circuit circuit, ImpedanceData data, FitOptions options)
    {
        (_circuit, _draw, _sketch, _values) = (circuit, new(options.Seed), new(data), new double[circuit.Parameters.Length]);
        (_largest, _smallest, _mayBeNegative) = (0, double.PositiveInfinity, false);
        for (var i = 0; i < data.Count; i++)
        {
            (_largest, _smallest) = (Math.Max(_largest, data.Modulus(i)), Math.Min(_smallest, data.Modulus(i)));
            _mayBeNegative |= data.RealOhms[i] < 0;
        }

        (_top, _bottom) = (2 * Math.PI * data.FrequenciesHz.Max(), 2 * Math.PI * data.FrequenciesHz.Min());
        _groups = RelaxationGroups.Gather(_sketch, rate => ModulusAt(data, rate), circuit.Elements.Count(step => IsRelaxation(step.Kind!)));
    }

    /// <summary>Median residual relative to |Z| that a sum of relaxations leaves: what a good fit should reach.</summary>
    public double Attainable => _sketch.MedianResidual;

    /// <summary>The next start.</summary>
    public double[] Next()
    {
        var number = _starts++;
        return number < 4 || number % 3 == 2 ? FromSketch() : Drawn();
    }

    /// <summary>An element that takes a group: a resistance within a parallel takes that of its arc.</summary>
    private static bool IsRelaxation(ElementKind kind) => kind.Symbol is "CPE" or "C" || kind.Parameters.Any(parameter => parameter.Role is ParameterRole.Time);

    private static bool IsDiffusion(ElementKind kind) => kind.Symbol.StartsWith('W');

    private static double ModulusAt(ImpedanceData data, double rate)
    {
        var (nearest, distance) = (0, double.PositiveInfinity);
        var hertz = rate / (2 * Math.PI);
        for (var i = 0; i < data.Count; i++)
        {
            var ratio = data.FrequenciesHz[i] > hertz ? data.FrequenciesHz[i] / hertz : hertz / data.FrequenciesHz[i];
            if (ratio < distance)
                (nearest, distance) = (i, ratio);
        }

        return data.Modulus(nearest);
    }

    private double[] FromSketch()
    {
        var jitter = _jitters++ * Jitter;
        var places = new Queue<RelaxationGroup>(_groups);
        // Diffusion is the slowest wherever it is written: p(R2-Wo1,CPE2) charges its CPE first.
        var slow = new Stack<RelaxationGroup>(_groups);
        Lay(_circuit.Root, 0, places, slow, jitter, isParallel: false);
        return [.. _values];
    }

    /// <summary>Lays groups onto a node; returns the parameter after its last.</summary>
    private int Lay(CircuitNode node, int first, Queue<RelaxationGroup> places, Stack<RelaxationGroup> slow, double jitter, bool isParallel)
    {
        switch (node)
        {
            case SeriesNode series:
                return series.Parts.Aggregate(first, (at, part) => Lay(part, at, places, slow, jitter, isParallel));
            case ParallelNode parallel:
                var arc = Take(places, jitter);
                return parallel.Parts.Aggregate(first, (at, part) => part is ElementNode or SeriesNode ? LayInArc(part, at, arc, places, slow, jitter) : Lay(part, at, places, slow, jitter, true));
            default:
                var kind = ((ElementNode)node).Kind;
                var group = IsDiffusion(kind) ? Take(slow, jitter) : IsRelaxation(kind) ? Take(places, jitter) : new(double.NaN, Math.Max(_sketch.OhmicOhms, 0.01 * _smallest), 0);
                Fill(kind, first, group);
                return first + kind.Parameters.Length;
        }
    }

    private int LayInArc(CircuitNode part, int first, RelaxationGroup arc, Queue<RelaxationGroup> places, Stack<RelaxationGroup> slow, double jitter)
    {
        foreach (var inside in part is SeriesNode series ? series.Parts : [part])
        {
            if (inside is not ElementNode { Kind: var kind } || IsDiffusion(kind))
            {
                first = Lay(inside, first, places, slow, jitter, true);
                continue;
            }

            Fill(kind, first, arc);
            first += kind.Parameters.Length;
        }

        return first;
    }

    private void Fill(ElementKind kind, int first, RelaxationGroup group)
    {
        var (ohms, seconds) = (group.Ohms, Math.Exp(group.LogSeconds));
        var exponent = kind.Parameters.Any(parameter => parameter.Role == ParameterRole.Exponent) ? Exponent : 1;
        for (var i = 0; i < kind.Parameters.Length; i++)
        {
            _values[first + i] = kind.Parameters[i].Role switch
            {
                ParameterRole.Resistance => ohms,
                ParameterRole.Admittance => Math.Pow(seconds, exponent) / ohms,
                // Beside a resistance it makes a loop; in series it is the leads'.
                ParameterRole.Inductance => !double.IsNaN(group.LogSeconds) ? ohms * seconds : Math.Max(_sketch.Henries, 0.01 * _smallest / _top),
                ParameterRole.Time => seconds,
                ParameterRole.Slope => ohms / Math.Sqrt(seconds),
                ParameterRole.Exponent => Math.Clamp(exponent, kind.Parameters[i].Low, kind.Parameters[i].High),
                _ => kind.Parameters[i].Default,
            };
        }
    }

    private RelaxationGroup Take(Queue<RelaxationGroup> places, double jitter) => Moved(places.TryDequeue(out var group) ? group : Anywhere(), jitter);

    private RelaxationGroup Take(Stack<RelaxationGroup> slow, double jitter) => Moved(slow.TryPop(out var group) ? group : Anywhere(), jitter);

    private RelaxationGroup Moved(RelaxationGroup group, double jitter) => group with
    {
        LogSeconds = group.LogSeconds + (jitter * Between(-1, 1)), Ohms = group.Ohms * Math.Exp(jitter * Between(-1, 1)),
    };

    private RelaxationGroup Anywhere() => new(Between(-Math.Log(_top), -Math.Log(_bottom)), Math.Exp(Ohms()) * 0.3, 0);

    /// <summary>Resistances within the range of |Z|, elements over the measured frequencies: half of the starts from fast to slow.</summary>
    private double[] Drawn()
    {
        var values = new double[_values.Length];
        var rates = _circuit.Elements.Select(_ => Between(Math.Log(_top * 3), Math.Log(_bottom / 3))).ToArray();
        if (_starts % 2 == 0)
            rates = [.. rates.OrderDescending()];
        var slowDiffusion = _draw.Next(2) == 0;
        var (element, lastOhms) = (0, Math.Log(_largest));
        foreach (var step in _circuit.Elements)
        {
            var (kind, rate) = (step.Kind!, rates[element++]);
            if (slowDiffusion && IsDiffusion(kind))
                rate = Between(Math.Log(_bottom * DiffusionRange), Math.Log(_bottom / DiffusionRange));
            var exponent = 0.7 + (0.3 * _draw.NextDouble());
            for (var i = 0; i < kind.Parameters.Length; i++)
                values[step.FirstParameter + i] = Draw(kind, kind.Parameters[i], rate, exponent, ref lastOhms);
        }

        return values;
    }

    private double Draw(ElementKind kind, ParameterKind parameter, double rate, double exponent, ref double lastOhms)
    {
        switch (parameter.Role)
        {
            case ParameterRole.Resistance:
                lastOhms = Ohms();
                return Math.Exp(lastOhms) * (_mayBeNegative && _draw.Next(3) == 0 ? -1 : 1);
            case ParameterRole.Admittance:
                // With the resistance before it (its neighbour in an arc) it makes the rate drawn.
                return Math.Exp((-(kind.Parameters.Length > 1 ? exponent : 1) * rate) - lastOhms);
            case ParameterRole.Inductance:
                // Leads in series, or a loop with the resistance before it.
                return _draw.Next(2) == 0 ? _smallest * 0.1 / _top * Math.Exp(Between(-2, 2)) : Math.Exp(lastOhms - rate);
            case ParameterRole.Time:
                return Math.Exp(-rate);
            case ParameterRole.Slope:
                return Math.Exp(lastOhms + (rate / 2));
            case ParameterRole.Exponent:
                return Math.Clamp(exponent, parameter.Low, parameter.High);
            default:
                return parameter.Default;
        }
    }

    private double Ohms() => Between(Math.Log(Math.Max(_smallest, _largest * 1e-4) * 0.3), Math.Log(_largest * 1.2));

    private double Between(double left, double right) => left + ((right - left) * _draw.NextDouble());
}

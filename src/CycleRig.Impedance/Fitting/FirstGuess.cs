using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Seeded starts from the data: resistances within the range of Re Z, elements ordered from fast to slow over the measured
/// frequencies as circuits are written, inductance from the top.
/// </summary>
internal sealed class FirstGuess(Circuit circuit, ImpedanceData data)
{
    private const int Seed = 20260;

    private readonly Random _draw = new(Seed);
    private readonly double _largest = Enumerable.Range(0, data.Count).Max(data.Modulus);
    private readonly double _smallest = Enumerable.Range(0, data.Count).Min(data.Modulus);
    private readonly double _top = 2 * Math.PI * data.FrequenciesHz.Max();
    private readonly double _bottom = 2 * Math.PI * data.FrequenciesHz.Min();

    /// <summary>The next start: ln p, or p for exponents.</summary>
    public double[] Next()
    {
        var inner = new double[circuit.Kinds.Length];
        // Time constants rise with the position in the circuit: draw as many as there are elements and sort them.
        var elements = circuit.Program.Count(operation => operation.Kind is not null);
        var rates = Enumerable.Range(0, elements).Select(_ => Between(Math.Log(_top * 3), Math.Log(_bottom / 3))).OrderDescending().ToArray();
        var element = 0;
        double lastOhms = Math.Log(_largest);
        foreach (var operation in circuit.Program)
        {
            if (operation.Kind is not { } kind)
                continue;
            var rate = rates[element++];
            var exponent = 0.7 + (0.3 * _draw.NextDouble());
            for (var i = 0; i < kind.Parameters.Length; i++)
            {
                inner[operation.Parameter + i] = kind.Parameters[i].Role switch
                {
                    ParameterRole.Resistance => lastOhms = Ohms(),
                    // With the resistance before it (its neighbour in an arc) it makes the rate drawn.
                    ParameterRole.Admittance => (-(kind.Parameters.Length > 1 ? exponent : 1) * rate) - lastOhms,
                    ParameterRole.Inductance => Math.Log(_smallest * 0.1 / _top) + Between(-2, 2),
                    ParameterRole.Time => -rate,
                    ParameterRole.Slope => lastOhms + (rate / 2),
                    ParameterRole.Exponent => kind.Parameters[i].IsLogarithmic ? 0 : exponent,
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            }

        }

        return inner;
    }

    private double Ohms() => Between(Math.Log(Math.Max(_smallest, _largest * 1e-4) * 0.3), Math.Log(_largest * 1.2));

    private double Between(double left, double right) => left + ((right - left) * _draw.NextDouble());
}

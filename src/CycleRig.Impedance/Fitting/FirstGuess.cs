using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Seeded starts from the data: resistances within the range of Re Z, elements from fast to slow over the measured
/// frequencies as circuits are mostly written, inductance from the top.
/// </summary>
internal sealed class FirstGuess(Circuit circuit, ImpedanceData data, FitOptions options)
{
    /// <summary>A diffusion whose end is not in sight has its time constant so far below the measured range, or so far within.</summary>
    private const double DiffusionRange = 100;

    private readonly Random _draw = new(options.Seed);
    private int _starts;
    private readonly double _largest = Enumerable.Range(0, data.Count).Max(data.Modulus);
    private readonly double _smallest = Enumerable.Range(0, data.Count).Min(data.Modulus);
    private readonly double _top = 2 * Math.PI * data.FrequenciesHz.Max();
    private readonly double _bottom = 2 * Math.PI * data.FrequenciesHz.Min();

    /// <summary>The next start: parameters, and whether its elements run from fast to slow as the circuit is written.</summary>
    public (double[] Values, bool Ordered) Next()
    {
        var inner = new double[circuit.Parameters.Length];
        // Time constants rise with the position in the circuit: draw as many as there are elements and sort them. Half of the starts
        // leave them as drawn: nobody has to write the fast arc first.
        var elements = circuit.Elements.Count();
        var rates = Enumerable.Range(0, elements).Select(_ => Between(Math.Log(_top * 3), Math.Log(_bottom / 3))).ToArray();
        var ordered = _starts % 4 < 2;
        if (ordered)
            rates = [.. rates.OrderDescending()];
        var slowDiffusion = _starts++ % 2 == 1;
        var element = 0;
        double lastOhms = Math.Log(_largest);
        foreach (var step in circuit.Elements)
        {
            var kind = step.Kind!;
            var rate = rates[element++];
            // Diffusion is the slowest wherever it is written: p(R2-Wo1,CPE2) charges its CPE first. Half of the starts say so.
            if (slowDiffusion && IsDiffusion(kind))
                rate = Between(Math.Log(_bottom * DiffusionRange), Math.Log(_bottom / DiffusionRange));
            var exponent = 0.7 + (0.3 * _draw.NextDouble());
            for (var i = 0; i < kind.Parameters.Length; i++)
            {
                inner[step.FirstParameter + i] = kind.Parameters[i].Role switch
                {
                    ParameterRole.Resistance => lastOhms = Ohms(),
                    // With the resistance before it (its neighbour in an arc) it makes the rate drawn.
                    ParameterRole.Admittance => (-(kind.Parameters.Length > 1 ? exponent : 1) * rate) - lastOhms,
                    ParameterRole.Inductance => Math.Log(_smallest * 0.1 / _top) + Between(-2, 2),
                    ParameterRole.Time => -rate,
                    ParameterRole.Slope => lastOhms + (rate / 2),
                    ParameterRole.Exponent => exponent,
                    ParameterRole.Ratio => 0,
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            }
        }

        for (var k = 0; k < inner.Length; k++)
            inner[k] = circuit.Parameters[k].IsLogarithmic ? Math.Exp(inner[k]) : inner[k];
        return (inner, ordered);
    }

    private static bool IsDiffusion(ElementKind kind) => kind.Symbol.StartsWith('W');

    private double Ohms() => Between(Math.Log(Math.Max(_smallest, _largest * 1e-4) * 0.3), Math.Log(_largest * 1.2));

    private double Between(double left, double right) => left + ((right - left) * _draw.NextDouble());
}

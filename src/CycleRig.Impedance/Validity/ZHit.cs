namespace CycleRig.Impedance.Validity;

/// <summary>
/// Z-HIT: the modulus from the phase, ln|Z(ω)| ≈ constant + (2/π) ∫ φ d ln ω + γ dφ/d ln ω with γ = -π/6 (Ehm, Göhr, Kaus, Röseler and Schiller
/// 2000, ACH - Models in Chemistry 137, 145). The phase at a frequency is measured within a few periods and hardly drifts, the modulus does: where they
/// part, the cell changed. The formula itself is good to about 2 % where an arc turns.
/// </summary>
public static class ZHit
{
    /// <summary>Fewest different frequencies.</summary>
    public const int FrequenciesMin = 5;

    private const int WindowPointsMin = 3;

    /// <summary>Frequencies nearer than this, relatively, are one.</summary>
    private const double SameFrequency = 1e-9;

    /// <summary>Reconstructs the modulus.</summary>
    /// <param name="data">N points, in any order; repeated frequencies are averaged.</param>
    /// <param name="options">How; null is <see cref="ZHitOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="FrequenciesMin"/> different frequencies, |Z| = 0, or options out of their ranges.</exception>
    public static ZHitResult Reconstruct(ImpedanceData data, ZHitOptions? options = null)
    {
        options ??= ZHitOptions.Default;
        options.Check();
        var (place, logarithms, moduli, phases) = Rising(data);
        if (logarithms.Length < FrequenciesMin)
            throw new ArgumentException($"{logarithms.Length} different frequencies; Z-HIT needs {FrequenciesMin} or more");
        var (smooth, slopes) = Smooth(logarithms, phases, Math.Min(options.SmoothingPoints, logarithms.Length));
        var shape = new double[logarithms.Length];
        double integral = 0;
        for (var k = 0; k < shape.Length; k++)
        {
            if (k > 0)
            {
                var step = logarithms[k] - logarithms[k - 1];
                integral += (step / 2 * (smooth[k] + smooth[k - 1])) + (step * step / 12 * (slopes[k - 1] - slopes[k])); // Hermite: exact for cubics.
            }

            shape[k] = (2 / Math.PI * integral) - (Math.PI / 6 * slopes[k]);
        }

        var (low, high) = Window(logarithms, options);
        double[] constants = [.. Enumerable.Range(0, shape.Length).Where(k => logarithms[k] >= low && logarithms[k] <= high).Select(k => moduli[k] - shape[k]).Order()];
        var constant = (constants[constants.Length / 2] + constants[(constants.Length - 1) / 2]) / 2;
        return new()
        {
            ModulusOhms = [.. place.Select(k => Math.Exp(shape[k] + constant))],
            Residuals = [.. place.Select((k, i) => Math.Log(data.Modulus(i)) - shape[k] - constant)],
            WindowLowHz = Math.Exp(low) / (2 * Math.PI),
            WindowHighHz = Math.Exp(high) / (2 * Math.PI),
            SmoothingPoints = Math.Min(options.SmoothingPoints, logarithms.Length),
        };
    }

    /// <summary>Different frequencies, rising: ln ω, ln|Z| and the phase without jumps; and at which of them each point of the data lies.</summary>
    private static (int[] Place, double[] Logarithms, double[] Moduli, double[] Phases) Rising(ImpedanceData data)
    {
        int[] order = [.. Enumerable.Range(0, data.Count)];
        Array.Sort(data.FrequenciesHz.ToArray(), order);
        var place = new int[data.Count];
        var (logarithms, reals, imaginaries) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var i in order)
        {
            if (!(data.Modulus(i) > 0))
                throw new ArgumentException(FormattableString.Invariant($"point {i + 1} at {data.FrequenciesHz[i]:G6} Hz has |Z| = 0 Ω; leave it out"));
            var logarithm = Math.Log(2 * Math.PI * data.FrequenciesHz[i]);
            if (logarithms.Count == 0 || logarithm - logarithms[^1] > SameFrequency)
            {
                logarithms.Add(logarithm);
                reals.Add(0);
                imaginaries.Add(0);
            }

            place[i] = logarithms.Count - 1;
            (reals[^1], imaginaries[^1]) = (reals[^1] + data.RealOhms[i], imaginaries[^1] + data.ImaginaryOhms[i]);
        }

        var phases = new double[logarithms.Count];
        var counts = new double[logarithms.Count];
        foreach (var k in place)
            counts[k]++;
        for (var k = 0; k < phases.Length; k++)
        {
            phases[k] = Math.Atan2(imaginaries[k], reals[k]);
            if (k > 0)
                phases[k] -= 2 * Math.PI * Math.Round((phases[k] - phases[k - 1]) / (2 * Math.PI));
        }

        return (place, [.. logarithms], [.. reals.Select((re, k) => Math.Log(double.Hypot(re, imaginaries[k]) / counts[k]))], phases);
    }

    /// <summary>Value and slope of the parabola through the nearest points.</summary>
    private static (double[] Values, double[] Slopes) Smooth(double[] x, double[] y, int count)
    {
        var (values, slopes) = (new double[x.Length], new double[x.Length]);
        for (var k = 0; k < x.Length; k++)
        {
            var first = Math.Clamp(k - (count / 2), 0, x.Length - count);
            var fit = new OrthogonalFit(count, 3);
            for (var i = 0; i < count; i++)
            {
                var distance = x[first + i] - x[k];
                (fit.Column(0)[i], fit.Column(1)[i], fit.Column(2)[i], fit.Right[i]) = (1, distance, distance * distance, y[first + i]);
            }

            fit.Solve();
            (values[k], slopes[k]) = (fit.Coefficients[0], fit.Coefficients[1]);
        }

        return (values, slopes);
    }

    private static (double Low, double High) Window(double[] logarithms, ZHitOptions options)
    {
        var (low, high) = (Math.Log(2 * Math.PI * options.WindowLowHz), Math.Log(2 * Math.PI * options.WindowHighHz));
        return logarithms.Count(value => value >= low && value <= high) >= WindowPointsMin ? (low, high) : (logarithms[0], logarithms[^1]);
    }
}

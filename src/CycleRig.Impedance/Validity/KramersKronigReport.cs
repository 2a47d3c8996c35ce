using System.Numerics;

namespace CycleRig.Impedance.Validity;

/// <summary>From a fitted series to what is told of it.</summary>
internal static class KramersKronigReport
{
    public static KramersKronigResult Of(ImpedanceData data, RcSeriesFit fit, KramersKronigOptions options, bool[] left, int[] order)
    {
        var (reals, imaginaries) = (new double[data.Count], new double[data.Count]);
        for (var i = 0; i < data.Count; i++)
        {
            var fitted = new Complex(fit.FittedReals[i], fit.FittedImaginaries[i]);
            if (fit.Points.OnAdmittance)
                fitted = Complex.Reciprocal(fitted);
            var modulus = data.Modulus(i);
            (reals[i], imaginaries[i]) = ((data.RealOhms[i] - fitted.Real) / modulus, (data.ImaginaryOhms[i] - fitted.Imaginary) / modulus);
        }

        var noise = fit.Noise;
        return new()
        {
            Elements = fit.Seconds.Length,
            HasCapacitance = options.Capacitance,
            HasInductance = options.Inductance,
            OnAdmittance = fit.Points.OnAdmittance,
            Part = options.Part,
            ExtensionDecades = fit.ExtensionDecades,
            TimeConstantsSeconds = fit.Seconds,
            Mu = fit.Mu,
            Noise = noise,
            ResidualsReal = [.. reals],
            ResidualsImaginary = [.. imaginaries],
            Distances = [.. OutlyingPoints.Raw(fit).Select(distance => noise > 0 ? distance / noise : 0)],
            Outlying = [.. Enumerable.Range(0, left.Length).Where(i => left[i])],
            Systematics = Regularity.Of(fit, order),
        };
    }
}

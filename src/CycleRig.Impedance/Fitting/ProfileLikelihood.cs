using CycleRig.Impedance.Circuits;
using MathNet.Numerics.Distributions;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Intervals from χ² itself: a parameter is held at values ever further from its optimum, all others are fitted again, until χ² has risen
/// by what the F distribution allows (Bates and Watts 1988, Nonlinear Regression Analysis, ch. 6). Not symmetric where the data are not.
/// </summary>
public static class ProfileLikelihood
{
    /// <summary>Interval of one parameter.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">The spectrum.</param>
    /// <param name="fit">Its fit, converged.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="name">A parameter that was free.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>Both ends; a bound of the parameter, or the furthest value tried, where the data leave that side open.</returns>
    /// <exception cref="ArgumentException">The fit did not converge, no such parameter, fixed, tied or at its bound, priors, or a confidence out of range.</exception>
    public static (double Low, double High) Interval(
        Circuit circuit, ImpedanceData data, FitResult fit, FitOptions options, string name, double confidence = 0.95)
    {
        var index = ParameterMap.Index(circuit, name);
        if (!fit.Converged || double.IsNaN(fit.StandardErrors[index]) || confidence is not (> 0 and < 1))
            throw new ArgumentException($"`{name}` has no interval: {(fit.Converged ? "it is fixed or at its bound, or the confidence is not between 0 and 1" : "the fit did not converge")}");
        if (options.Ties.ContainsKey(name) || options.Ties.Values.Any(tie => tie.To == name) || !options.Priors.IsEmpty)
            throw new ArgumentException($"`{name}` has no interval here: profiles of tied parameters, or with priors, are not computed; use the standard error");
        var profile = new ParameterProfile(circuit, data, fit, options, name);
        var allowed = fit.ChiSquare + (fit.ReducedChiSquare * FisherSnedecor.InvCDF(1, fit.DegreesOfFreedom, confidence));
        var (down, up) = (profile.End(-1, allowed), profile.End(1, allowed));
        return down <= up ? (down, up) : (up, down); // Of a negative resistance the modulus falls upwards.
    }
}

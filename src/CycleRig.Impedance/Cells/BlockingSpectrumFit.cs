using CycleRig.Core.Evidence;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Impedance.Cells;

/// <summary>The resistance of a pellet on electrodes that block ions: inductance, bulk arc, and a constant phase element for both electrodes.</summary>
public static class BlockingSpectrumFit
{
    /// <summary>Fewer usable points determine nothing.</summary>
    private const int PointsMin = 12;

    /// <summary>A larger relative residual says that the circuit does not describe the spectrum.</summary>
    private const double ResidualMax = 0.05;

    /// <summary>Relative noise that the weights assume; errors are scaled by the residuals.</summary>
    private const double Noise = 0.003;

    private const double ValleyLowHertz = 100;
    private const double ValleyHighHertz = 3e6;

    /// <summary>Points of the lowest frequencies that show whether the electrodes block.</summary>
    private const int LowestPoints = 3;

    /// <summary>Inductance of the leads, H, and capacitance of pellet and fixture, F: where the fit begins, and weak priors.</summary>
    private const double LeadHenries = 4e-7;
    private const double BulkFarads = 10e-12;
    private const double BlockingExponent = 0.9;

    public static Circuit Circuit { get; } = Circuit.Parse("L0-p(R1,CPE1)-CPE2");

    /// <summary>Whether a spectrum ends in the upright line of electrodes that block: more capacitive than resistive at its lowest frequencies.</summary>
    public static bool IsBlocking(Spectrum spectrum)
    {
        double[] ratios = [.. spectrum.Points.Where(ImpedanceData.IsUsable).OrderBy(point => point.FrequencyHz).Take(LowestPoints)
            .Select(point => -point.ImaginaryOhms / Math.Max(point.RealOhms, double.Epsilon)).Order()];
        return ratios.Length == LowestPoints && ratios[LowestPoints / 2] > 1;
    }

    /// <summary>Reads one spectrum at rest; the interface has no resistance, so that its value is NaN.</summary>
    public static CellReading Read(Spectrum spectrum)
    {
        var usable = spectrum.Points.Where(ImpedanceData.IsUsable).ToList();
        if (usable.Select(point => point.FrequencyHz).Distinct().Count() is var frequencies and < PointsMin)
            return Invalid(spectrum, $"{frequencies} usable points; {PointsMin} are needed");
        var data = ImpedanceData.From(usable);
        int[] middle = [.. Enumerable.Range(0, data.Count).Where(i => data.FrequenciesHz[i] is >= ValleyLowHertz and <= ValleyHighHertz)];
        if (middle.Length < PointsMin / 2)
            return Invalid(spectrum, "the sweep has too few points between 100 Hz and 3 MHz, which carry R_bulk");
        var valley = middle.MinBy(i => Math.Abs(data.ImaginaryOhms[i]) / data.Modulus(i));
        var lowest = Enumerable.Range(0, data.Count).MinBy(i => data.FrequenciesHz[i]);
        var admittance = 1 / (Math.Max(1, Math.Abs(data.ImaginaryOhms[lowest])) * Math.Pow(2 * Math.PI * data.FrequenciesHz[lowest], BlockingExponent));
        var fit = CircuitFit.Fit(Circuit, data, new FitOptions
        {
            Noise = Noise, RejectAbove = 6, Priors = [new(0, LeadHenries, 1), new(2, BulkFarads, 1.5), new(3, 0.98, 0.03)],
            Start = [LeadHenries, Math.Max(1, data.RealOhms[valley]), BulkFarads, 0.99, admittance, BlockingExponent],
        });
        if (!fit.Converged)
            return Invalid(spectrum, fit.Reason);
        var residual = Noise * Math.Sqrt(fit.ChiSquare / (2 * data.Count));
        return residual > ResidualMax
            ? Invalid(spectrum, FormattableString.Invariant($"the circuit {Circuit.Text} leaves residuals of {residual:P1}"))
            : Reading(spectrum, usable, fit, residual);
    }

    private static CellReading Reading(Spectrum spectrum, List<SpectrumPoint> usable, FitResult fit, double residual) => new()
    {
        Valid = true,
        BulkOhms = fit["R1"],
        BulkRelativeSd = fit.StandardErrors[fit.Names.IndexOf("R1")] / fit["R1"],
        InterfaceOhms = double.NaN,
        InterfaceRelativeSd = double.PositiveInfinity,
        Residual = residual,
        TimeSeconds = usable.Average(point => point.TimeSeconds),
        EndSeconds = spectrum.EndSeconds,
        TemperatureCelsius = Mean(usable.Select(point => point.TemperatureCelsius)),
        PressureMegapascals = Mean(usable.Select(point => point.PressureMegapascals)),
        Parameters = [.. fit.Values],
    };

    private static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static CellReading Invalid(Spectrum spectrum, string why) => new()
    {
        Valid = false, WhyNotValid = why, TimeSeconds = spectrum.EndSeconds, EndSeconds = spectrum.EndSeconds,
    };
}

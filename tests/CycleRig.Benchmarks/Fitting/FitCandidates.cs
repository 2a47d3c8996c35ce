using CycleRig.Impedance;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Validity;
using CycleRig.Testing;

namespace CycleRig.Benchmarks.Fitting;

/// <summary>The ways to fit problem P that are timed side by side. Each gives χ², so that none can be fast and wrong.</summary>
internal sealed class FitCandidates
{
    public const int Refits = 1000;
    private const double Tolerance = 1e-6;

    private readonly Circuit _circuit;
    private readonly ImpedanceData _data;
    private readonly FitOptions _options;
    private readonly CircuitFitter _fitter;
    private readonly FusedTwoArcFit _fused;
    private readonly MathNetFit _mathNet;
    private readonly FitResult _best;
    private readonly BulkArcTracker _tracker;
    private readonly double[] _values;

    public FitCandidates()
    {
        Problem = ProblemP.Read();
        Start = Problem.Starts["warm_1pct"];
        _values = new double[Start.Length];
        _circuit = Circuit.Parse(Problem.Circuit);
        _data = new(Problem.FrequenciesHz, Problem.RealOhms, Problem.ImaginaryOhms);
        _options = FitOptions.Default with { Noise = Problem.Noise };
        _fitter = new(_circuit, _data, _options);
        _fused = new(new(Problem.FrequenciesHz, Problem.RealOhms, Problem.ImaginaryOhms, Problem.Noise));
        _mathNet = new(Problem.FrequenciesHz, Problem.RealOhms, Problem.ImaginaryOhms, Problem.Noise);
        _best = CircuitFit.Fit(_circuit, _data, _options);
        _tracker = new(_circuit, _best, Problem.Noise, BulkArcOptions.Default);
        foreach (var (name, chi) in ((string, double)[])[("Warm", Warm()), ("Fused", Fused()), ("MathNet", MathNet()), ("Cold", Cold())])
            Require(name, chi);
        if (Bootstrapped() != Refits)
            throw new InvalidOperationException("A refit of the bootstrap did not converge; there is nothing to time.");
    }

    public ProblemP Problem { get; }

    /// <summary>All parameters 1 % off the truth.</summary>
    public double[] Start { get; }

    /// <summary>By the public interface for streams of spectra, any circuit, from the 1 % start.</summary>
    public double Warm()
    {
        Start.CopyTo(_values, 0);
        return _fitter.Refine(_values).ChiSquare;
    }

    /// <summary>By the kernel written for this circuit, from the same start.</summary>
    public double Fused()
    {
        Start.CopyTo(_values, 0);
        return _fused.Refine(_values);
    }

    /// <summary>By MathNet, from the same start.</summary>
    public double MathNet() => _mathNet.Fit(Start);

    /// <summary>From the data alone, with covariance and standard errors.</summary>
    public double Cold() => CircuitFit.Fit(_circuit, _data, _options).ChiSquare;

    /// <summary>A bootstrap on all cores; gives the refits that converged.</summary>
    public int Bootstrapped() => Bootstrap.Run(_circuit, _data, _best, _options, Refits).Converged;

    /// <summary>Lin-KK with the number of elements chosen; gives the larger rms residual over the noise.</summary>
    public double KramersKronig()
    {
        var test = LinearKramersKronig.Test(_data);
        return Math.Max(test.RmsReal, test.RmsImaginary) / Problem.Noise;
    }

    /// <summary>A distribution over 81 time constants with λ chosen by cross-validation; gives the polarisation, Ω.</summary>
    public double Distribution() => RelaxationTimes.Solve(_data).Peaks.Sum(peak => peak.ResistanceOhms);

    /// <summary>A whole sweep, point by point; gives R_bulk, Ω.</summary>
    public double Tracked()
    {
        _tracker.Begin();
        double ohms = 0;
        for (var i = 0; i < _data.Count; i++)
            ohms = _tracker.Add(_data.FrequenciesHz[i], _data.RealOhms[i], _data.ImaginaryOhms[i]).BulkOhms;
        return ohms;
    }

    /// <summary>Refuses to time what does not reach the optimum.</summary>
    public static void Require(string name, double chi)
    {
        if (!(Math.Abs((chi / ProblemP.BestChiSquare) - 1) < Tolerance))
            throw new InvalidOperationException(FormattableString.Invariant($"{name} ends at χ² {chi}, not at {ProblemP.BestChiSquare}; there is nothing to time."));
    }
}

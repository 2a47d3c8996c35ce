using BenchmarkDotNet.Attributes;

namespace CycleRig.Benchmarks.Fitting;

/// <summary>
/// Fits of problem P (shared/data/impedance): seven parameters, modulus weights, 0.5 % noise. SciPy is timed by <see cref="FitTable"/>.
/// </summary>
[MemoryDiagnoser]
public class FitBenchmarks
{
    private FitCandidates _candidates = null!;

    [GlobalSetup]
    public void Read() => _candidates = new();

    /// <summary>By the public interface, generic circuit, from the 1 % start: without allocation.</summary>
    [Benchmark(Baseline = true)]
    public double Warm() => _candidates.Warm();

    /// <summary>By the kernel written out for this one circuit, from the 1 % start.</summary>
    [Benchmark]
    public double WarmFusedKernel() => _candidates.Fused();

    /// <summary>By MathNet's Levenberg-Marquardt, numeric Jacobian, log-parameters, from the 1 % start.</summary>
    [Benchmark]
    public double WarmMathNet() => _candidates.MathNet();

    /// <summary>From the data alone.</summary>
    [Benchmark]
    public double Cold() => _candidates.Cold();

    /// <summary>R_bulk of a whole sweep, point by point: 73 answers.</summary>
    [Benchmark]
    public double BulkArcOfASweep() => _candidates.Tracked();

    /// <summary>1,000 refits on all cores.</summary>
    [Benchmark]
    public int Bootstrap() => _candidates.Bootstrapped();
}

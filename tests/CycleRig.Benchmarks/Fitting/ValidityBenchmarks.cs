using BenchmarkDotNet.Attributes;
using CycleRig.Impedance;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Validity;
using CycleRig.Testing;

namespace CycleRig.Benchmarks.Fitting;

/// <summary>Tests of validity and distributions of relaxation times on problem P (shared/data/impedance): 73 points, 81 time constants.</summary>
[MemoryDiagnoser]
public class ValidityBenchmarks
{
    private const double RmsMax = 1.2 * 0.005;

    private readonly DrtOptions _corner = DrtOptions.Default with { Selection = LambdaSelection.LCurve };
    private readonly DrtOptions _given = DrtOptions.Default with { Lambda = 1e-4 };
    private ImpedanceData _data = null!;

    [GlobalSetup]
    public void Read()
    {
        var problem = ProblemP.Read();
        _data = new(problem.FrequenciesHz, problem.RealOhms, problem.ImaginaryOhms);
    }

    /// <summary>Number of elements chosen, complex, described to its noise.</summary>
    [Benchmark]
    public KramersKronigResult LinearKramersKronigAutomatic()
    {
        var test = LinearKramersKronig.Test(_data);
        return Math.Max(test.RmsReal, test.RmsImaginary) <= RmsMax ? test : throw new InvalidOperationException($"rms {test.RmsReal}, {test.RmsImaginary}");
    }

    [Benchmark]
    public RelaxationDistribution RelaxationTimesByCrossValidation() => RelaxationTimes.Solve(_data);

    [Benchmark]
    public RelaxationDistribution RelaxationTimesByCorner() => RelaxationTimes.Solve(_data, _corner);

    [Benchmark]
    public RelaxationDistribution RelaxationTimesGivenLambda() => RelaxationTimes.Solve(_data, _given);

    [Benchmark]
    public ZHitResult ModulusFromPhase() => ZHit.Reconstruct(_data);

    [Benchmark]
    public SpectrumVerdict WholeCheck() => SpectrumCheck.Check(_data);
}

using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CycleRig.Impedance;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Validity;
using CycleRig.Testing;

namespace CycleRig.Benchmarks;

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
        var path = SharedData.Find("data/impedance/problem_p.json")
            ?? throw new FileNotFoundException("shared/data/impedance/problem_p.json is not beside the project; set CYCLERIG_SHARED to the folder of the shared data");
        using var problem = JsonDocument.Parse(File.ReadAllText(path));
        var root = problem.RootElement;
        double[] Numbers(string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];
        _data = new(Numbers("freq"), Numbers("zreal"), Numbers("zimag"));
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

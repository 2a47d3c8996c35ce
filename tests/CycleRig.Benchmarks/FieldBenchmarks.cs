using BenchmarkDotNet.Attributes;
using CycleRig.Devices.Simulated.Fields;

namespace CycleRig.Benchmarks;

/// <summary>One solve of the field around a crack, as `simulate focusing` makes it, and a thousand look-ups of its table, as the cells make them.</summary>
[MemoryDiagnoser]
public class FieldBenchmarks
{
    private const int LookUps = 1000;
    private readonly double _aspect = 5;

    [Benchmark]
    public double CrackSolve() => CrackField.Solve(_aspect, 0.05 / 1.2).TipEnhancement;

    [Benchmark]
    public double ThousandLookUps()
    {
        double sum = 0;
        for (var i = 0; i < LookUps; i++)
            sum += TipEnhancement.At(_aspect, i / (double)LookUps);
        return sum;
    }
}

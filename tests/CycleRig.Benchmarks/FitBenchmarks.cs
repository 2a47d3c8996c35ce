using System.Collections.Immutable;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CycleRig.Impedance;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;

namespace CycleRig.Benchmarks;

/// <summary>Fits of problem P (shared/data/impedance): seven parameters, modulus weights, 0.5 % noise.</summary>
[MemoryDiagnoser]
public class FitBenchmarks
{
    private Circuit _circuit = null!;
    private ImpedanceData _data = null!;
    private FitOptions _cold = null!;
    private FitOptions _warm = null!;

    [GlobalSetup]
    public void Read()
    {
        var path = SharedData.Find("data/impedance/problem_p.json")
            ?? throw new FileNotFoundException("shared/data/impedance/problem_p.json is not beside the project; set CYCLERIG_SHARED to the folder of the shared data");
        using var problem = JsonDocument.Parse(File.ReadAllText(path));
        var root = problem.RootElement;
        double[] Numbers(string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];
        _circuit = Circuit.Parse(root.GetProperty("circuit").GetString()!);
        _data = new(Numbers("freq"), Numbers("zreal"), Numbers("zimag"));
        _cold = FitOptions.Default with { Noise = root.GetProperty("noise").GetDouble() };
        ImmutableArray<double> optimum = CircuitFit.Fit(_circuit, _data, _cold).Values;
        _warm = _cold with { Start = [.. optimum.Select((value, k) => value * (k % 2 == 0 ? 1.01 : 0.99))] };
    }

    /// <summary>From the optimum, its values moved up and down by 1 % by turns.</summary>
    [Benchmark]
    public FitResult Warm() => Converged(CircuitFit.Fit(_circuit, _data, _warm));

    /// <summary>From the data alone.</summary>
    [Benchmark]
    public FitResult Cold() => Converged(CircuitFit.Fit(_circuit, _data, _cold));

    private static FitResult Converged(FitResult fit) => fit.Converged ? fit : throw new InvalidOperationException(fit.Reason);
}

using System.Numerics;
using BenchmarkDotNet.Attributes;
using CycleRig.Devices.Simulated.Cells;

namespace CycleRig.Benchmarks;

/// <summary>One hour of an untreated cell at 0.5 mA/cm²: 36,000 steps of 0.1 s, and each minute a sweep of 73 points.</summary>
[MemoryDiagnoser]
public class SimulatedCellBenchmarks
{
    private const double Amperes = -15.7e-6;
    private const double Sine = 1.57e-6;
    private const int Sweeps = 60;
    private const int StepsPerSweep = 600;
    private const double StepSeconds = 0.1;
    private readonly CellRecipe _recipe = new();

    /// <summary>7 MHz to 0.5 Hz, ten points a decade.</summary>
    private readonly double[] _frequenciesHz = [.. Enumerable.Range(0, 73).Select(k => 7e6 / Math.Pow(10, k / 10.0))];

    [Benchmark]
    public Complex CellHour()
    {
        var cell = new SimulatedCell(_recipe, 1);
        var sum = Complex.Zero;
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var step = 0; step < StepsPerSweep; step++)
            {
                cell.Advance(StepSeconds, Amperes, 30, 5);
                sum += cell.Volts(Amperes);
            }

            foreach (var hertz in _frequenciesHz)
                sum += cell.Impedance(hertz, Amperes, Sine);
        }

        return sum;
    }
}

using BenchmarkDotNet.Attributes;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;

namespace CycleRig.Benchmarks;

/// <summary>One reading more of a cell under plating, after an hour, four hours and a day and a half of a sweep a minute.</summary>
[MemoryDiagnoser]
public class DetectorBenchmarks
{
    private DetectorState _state = DetectorState.Initial;
    private CellReading _next = null!;

    [Params(60, 240, 2000)]
    public int Sweeps { get; set; }

    [GlobalSetup]
    public void Plate()
    {
        _state = PlatedReadings.After(Sweeps, DetectorState.Initial);
        _next = PlatedReadings.Of(Sweeps, new Random(2));
    }

    [Benchmark]
    public Assessment Update() => Detector.Assess(_state, _next, DetectorSettings.Default);
}

using BenchmarkDotNet.Attributes;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;

namespace CycleRig.Benchmarks;

/// <summary>One reading more on a track of 120 sweeps under plating.</summary>
[MemoryDiagnoser]
public class DetectorBenchmarks
{
    private const int Track = 120;
    private DetectorState _state = DetectorState.Initial;
    private CellReading _next = null!;

    [GlobalSetup]
    public void Plate()
    {
        var draw = new Random(1);
        for (var minute = 0; minute < Track; minute++)
            _state = Detector.Assess(_state, Reading(minute, draw), DetectorSettings.Default).Next;
        _next = Reading(Track, draw);
    }

    [Benchmark]
    public Assessment Update() => Detector.Assess(_state, _next, DetectorSettings.Default);

    private static CellReading Reading(int minute, Random draw) => new()
    {
        Valid = true,
        BulkOhms = 2460 * (1 + (0.005 * (draw.NextDouble() - 0.5))),
        BulkRelativeSd = 0.0015,
        InterfaceOhms = 16_000 * (1 + (3 * Math.Exp(-minute / 7.0))),
        InterfaceRelativeSd = 0.003,
        TimeSeconds = minute * 60,
        EndSeconds = (minute * 60) + 36,
        TemperatureCelsius = 30 + (0.01 * draw.NextDouble()),
        PressureMegapascals = 5,
        CurrentAmperes = -15.7e-6,
    };
}

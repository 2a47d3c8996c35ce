using System.Text.Json;

namespace CycleRig.Testing;

/// <summary>Problem P, shared/data/impedance/problem_p.json: a Li/LLZTO/Li spectrum of 73 points, seven parameters, 0.5 % noise, modulus weights.</summary>
public sealed record ProblemP
{
    /// <summary>χ² of the optimum, found with SciPy's MINPACK.</summary>
    public const double BestChiSquare = 112.2397;

    /// <summary>What to say where the file is absent.</summary>
    public const string Missing =
        "shared/data/impedance/problem_p.json is not beside the project; set CYCLERIG_SHARED to the folder of the shared data";

    /// <summary>Where it lies, or null.</summary>
    public static string? Path => SharedData.Find("data/impedance/problem_p.json");

    public required string Circuit { get; init; }

    public required double[] FrequenciesHz { get; init; }

    public required double[] RealOhms { get; init; }

    public required double[] ImaginaryOhms { get; init; }

    /// <summary>Relative noise of each part.</summary>
    public required double Noise { get; init; }

    /// <summary>warm_1pct, cold_rough, cold_bad, truth: parameters in the circuit's order.</summary>
    public required IReadOnlyDictionary<string, double[]> Starts { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="FileNotFoundException">It is not beside the project.</exception>
    public static ProblemP Read()
    {
        using var problem = JsonDocument.Parse(File.ReadAllText(Path ?? throw new FileNotFoundException(Missing)));
        var root = problem.RootElement;
        double[] Numbers(string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];
        return new()
        {
            Circuit = root.GetProperty("circuit").GetString()!,
            FrequenciesHz = Numbers("freq"),
            RealOhms = Numbers("zreal"),
            ImaginaryOhms = Numbers("zimag"),
            Noise = root.GetProperty("noise").GetDouble(),
            Starts = root.GetProperty("starts").EnumerateObject().ToDictionary(
                start => start.Name, start => start.Value.EnumerateObject().Select(value => value.Value.GetDouble()).ToArray()),
        };
    }
}

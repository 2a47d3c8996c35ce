using System.Collections.Immutable;
using System.Text.Json;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>Problem P: optimum, standard errors and starts were found with SciPy's MINPACK (shared/data/impedance/README.md).</summary>
public sealed class CircuitFitTests
{
    private const double BestChiSquare = 112.2398;

    [Fact]
    public void Problem_P_is_solved_from_all_four_starts_and_from_the_data_alone()
    {
        using var problem = Problem();
        var root = problem.RootElement;
        var (circuit, data, options) = Read(root);
        var optimum = root.GetProperty("optimum");
        foreach (var start in Starts(root).Append([]))
        {
            var fit = CircuitFit.Fit(circuit, data, options with { Start = start });
            Assert.True(fit.Converged, fit.Reason);
            Assert.InRange(fit.ChiSquare, 0, BestChiSquare);
            AssertNear(optimum, fit);
        }
    }

    private static void AssertNear(JsonElement optimum, FitResult fit)
    {
        var values = optimum.TryGetProperty("parameters", out var parameters) ? parameters : optimum;
        var errors = optimum.TryGetProperty("standardErrors", out var standard) ? standard : default;
        foreach (var name in fit.Names)
        {
            if (values.TryGetProperty(name, out var expected))
                Assert.Equal(1, fit[name] / expected.GetDouble(), 1e-5);
            if (errors.ValueKind == JsonValueKind.Object && errors.TryGetProperty(name, out var error))
                Assert.Equal(1, fit.StandardErrors[fit.Names.IndexOf(name)] / Math.Sqrt(fit.ReducedChiSquare) / error.GetDouble(), 0.02);
        }
    }

    private static (Circuit, ImpedanceData, FitOptions) Read(JsonElement root) => (
        Circuit.Parse(root.GetProperty("circuit").GetString()!),
        new(Numbers(root.GetProperty("freq")), Numbers(root.GetProperty("zreal")), Numbers(root.GetProperty("zimag"))),
        FitOptions.Default with { Noise = root.GetProperty("noise").GetDouble() });

    private static IEnumerable<ImmutableArray<double>> Starts(JsonElement root)
    {
        var starts = root.GetProperty("starts");
        return (starts.ValueKind == JsonValueKind.Array ? starts.EnumerateArray() : starts.EnumerateObject().Select(p => p.Value))
            .Select(start => (ImmutableArray<double>)[.. start.ValueKind == JsonValueKind.Array ? Numbers(start) : start.EnumerateObject().Select(p => p.Value.GetDouble())]);
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private static JsonDocument Problem()
    {
        var path = SharedData.Find("data/impedance/problem_p.json");
        if (path is null)
            Assert.Skip("shared/data/impedance/problem_p.json is not beside the project");
        return JsonDocument.Parse(File.ReadAllText(path));
    }
}

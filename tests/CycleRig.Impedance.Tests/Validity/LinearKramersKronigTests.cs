using System.Text.Json;
using CycleRig.Impedance.Validity;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Validity;

public sealed class LinearKramersKronigTests
{
    [Fact]
    public void The_noise_of_problem_P_is_found_from_its_spectrum_alone()
    {
        var path = SharedData.Find("data/impedance/problem_p.json");
        if (path is null)
            Assert.Skip("shared/data/impedance/problem_p.json is not beside the project");
        using var problem = JsonDocument.Parse(File.ReadAllText(path));
        var truth = problem.RootElement.GetProperty("noise").GetDouble();
        var noise = LinearKramersKronig.Noise(new(Column("freq"), Column("zreal"), Column("zimag")));
        Assert.InRange(noise, truth / 1.2, truth * 1.2);

        double[] Column(string name) => [.. problem.RootElement.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];
    }

    /// <summary>An arc by its own formula, with noise drawn here.</summary>
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.005)]
    [InlineData(0.02)]
    public void The_noise_of_an_arc_is_found_within_a_fifth(double truth)
    {
        var draw = new Random(7);
        double[] frequencies = [.. Enumerable.Range(0, 60).Select(i => 1e6 * Math.Pow(10, -i / 10.0))];
        var z = frequencies.Select(f => 100 + (1000 / (1 + System.Numerics.Complex.Pow(new(0, 2 * Math.PI * f * 1e-3), 0.9)))).ToArray();
        var mean = Enumerable.Range(0, 20).Average(_ => LinearKramersKronig.Noise(new(
            frequencies,
            [.. z.Select(point => point.Real + (truth * point.Magnitude * Normal()))],
            [.. z.Select(point => point.Imaginary + (truth * point.Magnitude * Normal()))])));
        Assert.InRange(mean, truth / 1.2, truth * 1.2);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
    }
}

using CycleRig.Impedance.Relaxation;
using Xunit;

namespace CycleRig.Impedance.Tests.Relaxation;

public sealed class NonNegativeSolverTests
{
    /// <summary>H = [[2,1],[1,2]], b = [1,-4]: alone the first is 1/2, and the second would be below 0.</summary>
    [Fact]
    public void An_unknown_that_would_be_below_zero_is_zero()
    {
        var solver = new NonNegativeSolver(2);
        Assert.True(solver.Solve([2, 1, 1, 2], [1, -4]));
        Assert.Equal(0.5, solver.Values[0], 12);
        Assert.Equal(0, solver.Values[1]);
        Assert.Equal([0], solver.Passive.ToArray());
    }

    /// <summary>The conditions of Karush, Kuhn and Tucker hold, and the inverse is one.</summary>
    [Fact]
    public void Random_systems_satisfy_the_conditions_of_an_optimum()
    {
        var draw = new Random(3);
        var solver = new NonNegativeSolver(20);
        for (var system = 0; system < 50; system++)
        {
            var root = new double[20, 20];
            foreach (var i in Enumerable.Range(0, 400))
                root[i / 20, i % 20] = draw.NextDouble() - 0.5;
            var matrix = new double[400];
            for (var i = 0; i < 400; i++)
                matrix[i] = Enumerable.Range(0, 20).Sum(k => root[i / 20, k] * root[i % 20, k]) + (i / 20 == i % 20 ? 0.01 : 0);
            double[] right = [.. Enumerable.Range(0, 20).Select(_ => draw.NextDouble() - 0.5)];
            Assert.True(solver.Solve(matrix, right));
            for (var i = 0; i < 20; i++)
            {
                var gradient = Enumerable.Range(0, 20).Sum(j => matrix[(i * 20) + j] * solver.Values[j]) - right[i];
                Assert.True(solver.Values[i] >= 0);
                Assert.True(solver.Values[i] > 0 ? Math.Abs(gradient) < 1e-8 : gradient > -1e-8, $"gradient {gradient} at {solver.Values[i]}");
            }

            solver.Invert();
            var passive = solver.Passive.ToArray();
            var unit = Enumerable.Range(0, passive.Length).Sum(j => matrix[(passive[0] * 20) + passive[j]] * solver.Covariance(j, passive.Length - 1));
            Assert.Equal(passive.Length == 1 ? 1 : 0, unit, 6);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() => Assert.False(new NonNegativeSolver(2).Solve([1, 2, 2, 1], [1, 1]));
}

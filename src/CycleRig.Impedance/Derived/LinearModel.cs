using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace CycleRig.Impedance.Derived;

/// <summary>Weighted linear least squares with what tests need.</summary>
/// <param name="Coefficients">P of them.</param>
/// <param name="InverseNormal">(XᵀWX)⁻¹, P×P.</param>
/// <param name="Residuals">N, weighted: (y - fit) √w.</param>
/// <param name="Leverages">N diagonal terms of the hat matrix.</param>
internal sealed record LinearModel(double[] Coefficients, Matrix<double> InverseNormal, double[] Residuals, double[] Leverages)
{
    /// <summary>Σ w (y - fit)².</summary>
    public double SumOfSquares { get; } = Residuals.Sum(residual => residual * residual);

    /// <summary>N - P.</summary>
    public int DegreesOfFreedom => Residuals.Length - Coefficients.Length;

    /// <summary>Residual variance; scales the standard errors.</summary>
    public double Variance => SumOfSquares / DegreesOfFreedom;

    /// <summary>Fits by QR.</summary>
    /// <param name="rows">N rows of P regressors, of like size.</param>
    /// <param name="values">N values.</param>
    /// <param name="weights">N weights, or none for equal ones.</param>
    public static LinearModel Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> values, IReadOnlyList<double>? weights = null)
    {
        var roots = Vector<double>.Build.Dense(values.Count, i => weights is null ? 1 : Math.Sqrt(weights[i]));
        var design = Matrix<double>.Build.Dense(values.Count, rows[0].Length, (i, j) => rows[i][j] * roots[i]);
        var right = Vector<double>.Build.Dense(values.Count, i => values[i] * roots[i]);
        var qr = design.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
        var coefficients = qr.Solve(right);
        var inverse = qr.R.Inverse();
        var leverages = qr.Q.EnumerateRows().Select(row => row.DotProduct(row)).ToArray();
        return new([.. coefficients], inverse * inverse.Transpose(), [.. right - (design * coefficients)], leverages);
    }

    /// <summary>Standard error of a coefficient, scaled by the residuals.</summary>
    public double StandardError(int coefficient) => Math.Sqrt(Variance * InverseNormal[coefficient, coefficient]);

    /// <summary>Two-sided probability that a coefficient this far from 0 comes by chance. Without residuals it is 0, or 1 for a zero.</summary>
    public double PValue(int coefficient)
    {
        var error = StandardError(coefficient);
        if (error == 0)
            return Coefficients[coefficient] == 0 ? 1 : 0;
        return 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Coefficients[coefficient] / error));
    }

    /// <summary>F test of a larger model that holds this one: the probability that its further terms explain this much by chance.</summary>
    public double PValueOf(LinearModel larger)
    {
        var further = larger.Coefficients.Length - Coefficients.Length;
        var explained = SumOfSquares - larger.SumOfSquares;
        if (larger.SumOfSquares == 0)
            return explained > 0 ? 0 : 1;
        return 1 - FisherSnedecor.CDF(further, larger.DegreesOfFreedom, Math.Max(0, explained) / further / larger.Variance);
    }

    /// <summary>Half-width of a 95 % interval in standard errors.</summary>
    public static double Student95(int degreesOfFreedom) => StudentT.InvCDF(0, 1, degreesOfFreedom, 0.975);
}

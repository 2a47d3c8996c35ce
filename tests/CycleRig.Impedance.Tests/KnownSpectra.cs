using System.Globalization;
using System.Numerics;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests;

/// <summary>Spectra beside the project (shared/data/impedance), and arcs by their own formula. A missing file skips the test and says so.</summary>
internal static class KnownSpectra
{
    /// <summary>A spectrum without noise that obeys the Kramers-Kronig relations, or whose resistance drifts.</summary>
    public sealed record Mock(string Id, double[] FrequenciesHz, Complex[] Ohms, bool IsValid);

    public static ImpedanceData ProblemP()
    {
        _ = Path("problem_p.json");
        var problem = Testing.ProblemP.Read();
        return new(problem.FrequenciesHz, problem.RealOhms, problem.ImaginaryOhms);
    }

    public static List<Mock> Mocks()
    {
        _ = Path("mock_circuits.json");
        return [.. MockCircuits.All().Select(mock => new Mock(mock.Id, mock.FrequenciesHz, mock.Ohms, mock.IsValid))];
    }

    /// <summary>The columns of frequency, Re and Im of exampleData.csv, 66 points.</summary>
    public static ImpedanceData Example() => Columns(File.ReadAllLines(Path("exampleData.csv")), ',', 0, 1, 2);

    /// <summary>Circuit3_EIS_1.z, 53 points.</summary>
    public static ImpedanceData Circuit3() => Columns(
        [.. File.ReadAllLines(Path("Circuit3_EIS_1.z")).SkipWhile(line => !line.Contains("End Comments", StringComparison.Ordinal)).Skip(1)], '\t', 0, 4, 5);

    /// <summary>Frequencies in equal ratios, falling, Hz.</summary>
    public static double[] Sweep(double high, double low, int count) =>
        [.. Enumerable.Range(0, count).Select(i => high * Math.Pow(low / high, i / (count - 1.0)))];

    /// <summary>R0 and two depressed arcs like those of a garnet cell: 50 Ω, 3800 Ω at 1.1e-7 s, 16 kΩ at 16 ms.</summary>
    public static Complex[] Garnet(double[] frequencies, double secondArc = 16000) => [.. frequencies.Select(f => 50 + Arc(f, 3800, 1.14e-7, 0.95) + Arc(f, secondArc, 0.016, 0.9))];

    public static Complex Arc(double frequency, double resistance, double seconds, double exponent) =>
        resistance / (1 + Complex.Pow(new Complex(0, 2 * Math.PI * frequency * seconds), exponent));

    /// <summary>With normal noise on each part, relative to |Z|.</summary>
    public static ImpedanceData Noisy(double[] frequencies, Complex[] z, double noise, Random draw) => new(
        frequencies,
        [.. z.Select(point => point.Real + (noise * point.Magnitude * Gaussian.Draw(draw)))],
        [.. z.Select(point => point.Imaginary + (noise * point.Magnitude * Gaussian.Draw(draw)))]);

    private static ImpedanceData Columns(string[] lines, char separator, int frequency, int real, int imaginary)
    {
        double[][] rows = [.. lines.Where(line => line.Trim().Length > 0).Select(line => line.Split(separator).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        return new([.. rows.Select(row => row[frequency])], [.. rows.Select(row => row[real])], [.. rows.Select(row => row[imaginary])]);
    }

    private static string Path(string name)
    {
        var path = SharedData.Find($"data/impedance/{name}");
        if (path is null)
            Assert.Skip($"shared/data/impedance/{name} is not beside the project");
        return path;
    }
}

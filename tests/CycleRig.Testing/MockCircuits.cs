using System.Numerics;
using System.Text.Json;

namespace CycleRig.Testing;

/// <summary>The noise-free spectra of shared/data/impedance/mock_circuits.json.</summary>
public static class MockCircuits
{
    /// <summary>Where it lies, or null.</summary>
    public static string? Path => SharedData.Find("data/impedance/mock_circuits.json");

    /// <summary>Frequencies in Hz and impedances in Ω of one circuit.</summary>
    /// <exception cref="InvalidOperationException">The file has no such circuit.</exception>
    public static (double[] FrequenciesHz, Complex[] Ohms) Read(string id)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path ?? throw new FileNotFoundException("mock_circuits.json is not beside the project")));
        var circuit = file.RootElement.EnumerateArray().First(entry => entry.GetProperty("id").GetString() == id);
        var (top, bottom) = (circuit.GetProperty("freq_log10_max").GetDouble(), circuit.GetProperty("freq_log10_min").GetDouble());
        double[] real = [.. circuit.GetProperty("zreal").EnumerateArray().Select(item => item.GetDouble())];
        double[] imaginary = [.. circuit.GetProperty("zimag").EnumerateArray().Select(item => item.GetDouble())];
        return (
            [.. Enumerable.Range(0, real.Length).Select(i => Math.Pow(10, top + ((bottom - top) * i / (real.Length - 1))))],
            [.. real.Select((value, i) => new Complex(value, imaginary[i]))]);
    }
}

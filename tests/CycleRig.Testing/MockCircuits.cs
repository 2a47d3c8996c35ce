using System.Numerics;
using System.Text.Json;

namespace CycleRig.Testing;

/// <summary>The noise-free spectra of shared/data/impedance/mock_circuits.json.</summary>
public static class MockCircuits
{
    /// <summary>
    /// The nineteen that obey Kramers and Kronig in our notation, with the parameters of the shared file in our elements' definitions: there
    /// W has Y = 1/(σ √2), La is L (jω)^n, Ws is tanh √(B jω)/√(Y jω), Tlmbs is a line with τ^n = R Y, our Wsa with α = n/2.
    /// </summary>
    public static IReadOnlyList<(string Id, string Circuit, double[] Parameters)> Valid { get; } =
    [
        ("CIRCUIT_1", "R0-p(R1,C1)-p(R2,W2)", [100, 200, 0.8e-6, 500, 1767.7669529663688]),
        ("CIRCUIT_2", "R0-p(R1,CPE1)", [120, 430, 6.2e-5, 0.93]),
        ("CIRCUIT_3", "R0-p(CPE1,R1-W1)", [20, 25e-6, 0.89, 100, 300.0028770413863]),
        ("CIRCUIT_4", "La0-R0-p(R1,CPE1)-p(R2,CPE2)", [3.3411634535746194e-07, 0.88, 0.02, 0.1, 530, 0.78, 0.01, 4.1, 0.47]),
        ("CIRCUIT_5", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)", [144, 240.7, 1.792e-7, 0.91, 830.1, 7.157e-7, 0.87, 490.3, 1.629e-5, 0.94]),
        ("CIRCUIT_6", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)", [144, 221, 8.57e-8, 0.93, 830.1, 1.025e-5, 0.88, 490.3, 4.862e-3, 0.98]),
        ("CIRCUIT_7", "R0-Wsa0-W0", [2, 0.8741, 0.0008843100139391453, 0.3637, 0.07071067811865475]),
        ("CIRCUIT_8", "R0-p(R1,CPE1)-p(R2,CPE2)", [25, 125, 1e-6, 0.97, -250, 5e-5, 0.95]),
        ("CIRCUIT_9", "R0-p(R1,CPE1,L1-R3)-p(R2,CPE2)", [9.272, 214.4, 1.024e-6, 0.96, 2.213e-4, 18.44, -50, 1.496e-5, 0.86]),
        ("CIRCUIT_10", "R0", [100]),
        ("CIRCUIT_11", "R0-C0", [1, 0.1]),
        ("CIRCUIT_12", "R0-L0", [1, 0.01]),
        ("CIRCUIT_13", "R0-p(R1,C1)-p(R2,C2)-p(R3,L3)", [70, 200, 2.5e-3, 100, 1e-4, 50, 300]),
        ("CIRCUIT_14", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,La3)", [70, 200, 2.5e-3, 0.9, 100, 1e-4, 0.85, 50, 405.0382682989388, 0.95]),
        ("CIRCUIT_15", "p(C0,R0-p(CPE1,R1-Ws1))", [2e-10, 1500, 5e-5, 0.8, 500, 1936.4916731037085, 150]),
        ("CIRCUIT_16", "p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-p(R4,CPE4)-p(R5,CPE5)-p(R6,CPE6)", [1.2, 0.011327051, 0.85, 0.8, 0.034339661, 0.95, 2, 0.138116033, 0.7, 1.6, 0.000009947, 1, 0.8, 0.000066315, 1, 1.6, 0.000099472, 1]),
        ("CIRCUIT_17", "HN0", [1, 1, 0.95, 0.5]),
        ("CIRCUIT_18", "R0-G0", [10, 50, 0.01]),
        ("CIRCUIT_19", "Wsa0", [1, 1, 0.47])
    ];

    /// <summary>Where it lies, or null.</summary>
    public static string? Path => SharedData.Find("data/impedance/mock_circuits.json");

    /// <summary>Frequencies in Hz and impedances in Ω of one circuit.</summary>
    /// <exception cref="InvalidOperationException">The file has no such circuit.</exception>
    public static (double[] FrequenciesHz, Complex[] Ohms) Read(string id)
    {
        var (_, frequencies, ohms, _) = All().First(entry => entry.Id == id);
        return (frequencies, ohms);
    }

    /// <summary>All, the drifting twins too: frequencies in Hz, impedances in Ω, and whether they obey Kramers and Kronig.</summary>
    /// <exception cref="FileNotFoundException">The file is not beside the project.</exception>
    public static IReadOnlyList<(string Id, double[] FrequenciesHz, Complex[] Ohms, bool IsValid)> All()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path ?? throw new FileNotFoundException("mock_circuits.json is not beside the project")));
        return [.. file.RootElement.EnumerateArray().Select(Spectrum)];
    }

    private static (string Id, double[] FrequenciesHz, Complex[] Ohms, bool IsValid) Spectrum(JsonElement circuit)
    {
        var (top, bottom) = (circuit.GetProperty("freq_log10_max").GetDouble(), circuit.GetProperty("freq_log10_min").GetDouble());
        double[] real = [.. circuit.GetProperty("zreal").EnumerateArray().Select(item => item.GetDouble())];
        double[] imaginary = [.. circuit.GetProperty("zimag").EnumerateArray().Select(item => item.GetDouble())];
        return (
            circuit.GetProperty("id").GetString()!,
            [.. Enumerable.Range(0, real.Length).Select(i => Math.Pow(10, top + ((bottom - top) * i / (real.Length - 1))))],
            [.. real.Select((value, i) => new Complex(value, imaginary[i]))],
            circuit.GetProperty("valid_kk").GetBoolean());
    }
}

using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>Plating without a superimposed sweep, watched by a spectrum at rest before every five minutes of it.</summary>
public sealed class PulseTests
{
    private const string Pulses = """
        format: 1
        protocol: pulses
        steps:
          - settle: {temperature: 30 °C, temperature_tolerance: 0.5 K, pressure: 5 MPa, pressure_tolerance: 0.2 MPa, stable_for: 2 min, timeout: 2 h}
          - loop:
              count: 24
              steps:
                - peis: {from: 7 MHz, to: 1 Hz, points_per_decade: 10, amplitude: 10 mV}
                - plate:
                    current_density: 0.5 mA/cm²
                    until: {time: 5 min}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_cell_whose_damage_only_spectra_at_rest_show_is_halted_before_the_short(int seed)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "pulses.yaml");
        await File.WriteAllTextAsync(file, Pulses, TestContext.Current.CancellationToken);
        var rig = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml"));
        var data = Path.Combine(folder.Path, "journal");
        using var journal = Journal.Open(data);
        var outcome = await new SimulatedRun(rig, ProtocolFile.Read(file), seed).RunAsync(journal, null, TestContext.Current.CancellationToken);
        var cell = Assert.Single(OutcomeFiles.Write(outcome, rig, data, folder.Path, plots: false));
        Assert.Equal(("halted", true), (cell.Outcome, cell.ShortAvoided));
        Assert.Contains("R_bulk", cell.Reason, StringComparison.Ordinal);
    }
}

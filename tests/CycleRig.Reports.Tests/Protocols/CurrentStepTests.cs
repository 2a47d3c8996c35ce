using CycleRig.Reports.Protocols;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

public sealed class CurrentStepTests
{
    [Fact]
    public void Steps_are_parted_by_rests_by_sign_and_by_density_and_a_sine_parts_nothing()
    {
        const double amperes = 1e-5;
        var cell = new RecordingBuilder(1);
        cell.Cell["geis"] = new System.Text.Json.Nodes.JsonObject { ["amplitude_mA_cm2"] = 0.05 };
        cell.Rest(20).Hold(60, time => -amperes + (1.5e-6 * Math.Sin(2 * time)), _ => -0.1).Rest(20)
            .Hold(60, _ => -amperes, _ => -0.1).Hold(60, _ => amperes, _ => 0.1).Hold(60, _ => 2 * amperes, _ => 0.2).Rest(20);
        var steps = CurrentStep.Of(cell.Build());
        Assert.Equal([-1e-5, -1e-5, 1e-5, 2e-5], steps.Select(step => Math.Round(step.Amperes, 6)));
        Assert.Equal(-amperes * 60, steps[1].Coulombs, amperes); // Begin and end lie between two samples.
    }

    /// <summary>10 mV across 2.5 kΩ are 4 µA: more than what counts as rest.</summary>
    [Fact]
    public void The_current_of_a_sweep_at_rest_is_no_step()
    {
        var cell = new RecordingBuilder(1);
        cell.Rest(20).Hold(30, time => 4e-6 * Math.Sin(0.1 * time), _ => 0).Rest(20);
        var recording = cell.Build();
        var sweep = new RecordingBuilder(1).Rest(20).Sweep(RecordingBuilder.Symmetric(2460, 800)).Build().Spectra[0];
        recording = recording with { Spectra = [sweep with { Points = [.. sweep.Points.Select((point, i) => point with { TimeSeconds = 20 + (30.0 * i / sweep.Points.Length) })] }] };
        Assert.Empty(CurrentStep.Of(recording));
    }
}

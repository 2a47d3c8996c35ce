using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Grains.Tests.Running;

/// <summary>The estimate that a disk's room is held against, and what a run really wrote.</summary>
public sealed class JournalVolumeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_run_writes_what_was_estimated_within_a_third()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating, new() { ReserveBytes = 0 });
        await rig.StartRunAsync();
        rig.Run(TimeSpan.FromMinutes(20));
        await rig.KillHostAsync(); // Closes the volume: all is in its one file.
        var bytes = Directory.GetFiles(rig.Journal.DataFolder, "journal-*").Sum(path => new FileInfo(path).Length);
        await rig.StartHostAsync();
        var samples = rig.Journal.ReadFrom(0, int.MaxValue).Where(row => row.Record.Kind is RecordKind.Sample).Sum(row => row.Record.DecodeSamples().Length);
        var spectra = rig.Journal.ReadFrom(0, int.MaxValue).Where(row => row.Record.Kind is RecordKind.Spectrum).Select(row => row.Record.DecodeSpectrum().Points.Length).ToList();
        var estimate = 1200 * JournalRate.BytesPerSecond([new(samples / 1200.0, 1200.0 / spectra.Count, (int)spectra.Average())]);
        output.WriteLine($"{bytes} B written, {estimate:F0} B estimated, {spectra.Count} sweeps, {samples} samples");
        Assert.InRange(estimate / bytes, 0.75, 1.33);
    }
}

using CycleRig.Impedance.Derived;
using CycleRig.Reports.Protocols;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

public sealed class ProtocolCatalogueTests
{
    [Fact]
    public void Every_protocol_has_its_files_and_its_name_stands_in_them() => Assert.All(ProtocolCatalogue.All, protocol =>
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.ProjectRoot(), protocol.File));
        Assert.Contains($"protocol: {protocol.Name}", lines);
        Assert.True(File.Exists(Path.Combine(SharedData.ProjectRoot(), protocol.Rig)), protocol.Rig);
    });

    [Fact]
    public void Every_protocol_file_is_in_the_catalogue() => Assert.Equal(
        Directory.GetFiles(Path.Combine(SharedData.ProjectRoot(), "examples", "protocols"), "*.yaml").Select(Path.GetFileName)
            .Where(file => !file!.EndsWith("rig.yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ProtocolCatalogue.All.Select(protocol => protocol.File).Where(file => file.Contains("/protocols/", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    /// <summary>A recording of anything, also of nothing, gives a report or one clear line, whichever analysis it is given to.</summary>
    [Fact]
    public void Every_analysis_answers_any_recording_with_a_report_or_one_line()
    {
        var empty = new RecordingBuilder(1).Build();
        var rest = new RecordingBuilder(1).Rest(30).Sweep(RecordingBuilder.Symmetric(2460, 800)).Rest(30).Build();
        var spoilt = rest with
        {
            Samples = [.. rest.Samples.Select(sample => sample with { CurrentAmperes = double.NaN, Volts = double.NaN })],
            Spectra = [.. rest.Spectra.Select(sweep => sweep with { Points = [.. sweep.Points.Select(point => point with { RealOhms = double.NaN })] })],
        };
        foreach (var protocol in ProtocolCatalogue.All)
        {
            foreach (var recording in new[] { empty, rest, spoilt })
                Assert.NotEmpty(Reported.Refusal(protocol.Name, recording));
        }
    }

    /// <summary>A fault of the program must not look like a fault of the data.</summary>
    [Fact]
    public void Only_what_the_arithmetic_refuses_becomes_a_message()
    {
        var recording = new RecordingBuilder(1).Build("rec");
        var told = Assert.Throws<ReportException>(() => ProtocolCatalogue.Clear(_ => throw new UnusableDataException("too few"))([recording]));
        Assert.Equal("rec: too few", told.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProtocolCatalogue.Clear(_ => throw new ArgumentOutOfRangeException(nameof(recording)))([recording]));
    }
}

using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Reports.Plots;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Plots;

public sealed class RecordingPlotsTests
{
    private static readonly Recording Recording = new(
        "cell-1",
        new("cell-1", 0.0314, 1.2, 2, 0.39, 5, true, 0, null, null, [], new JsonObject()),
        [.. Enumerable.Range(0, 600).Select(i => new Sample(i, -1.57e-5, -0.3 - (0.0001 * i), 30, 5, -1.57e-5 * i))],
        [.. Enumerable.Range(0, 5).Select(i => new Spectrum(i, 100 * i, [.. Enumerable.Range(0, 30).Select(k => new SpectrumPoint(1e6 / (k + 1), 1000 + (k * 50), -300 + (i * 10), (100 * i) + k, 0, 30, 5))]))]);

    [Fact]
    public void The_same_data_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        Mark[] marks = [new(200, "damage begins"), new(300, "halted")];
        FitPoint[] fits = [new(10, 2400, 16000), new(300, double.NaN, double.NaN), new(500, 2390, 15900)];
        Action<string>[] pictures =
        [
            path => RecordingPlots.Voltage(Recording, marks, path), path => RecordingPlots.Nyquist(Recording, path),
            path => RecordingPlots.Resistances(Recording, fits, path, marks),
        ];
        foreach (var draw in pictures)
            Assert.Equal(Drawn(draw, "a.png"), Drawn(draw, "b.png"));

        byte[] Drawn(Action<string> draw, string name)
        {
            draw(Path.Combine(folder.Path, name));
            return File.ReadAllBytes(Path.Combine(folder.Path, name));
        }
    }

    [Fact]
    public void Values_that_are_no_numbers_are_not_drawn()
    {
        using var folder = new TemporaryFolder();
        var spoilt = Recording with
        {
            Samples = [.. Recording.Samples.Select((sample, i) => i % 7 == 0 ? sample with { Volts = double.NaN } : sample)],
            Spectra = [.. Recording.Spectra.Select(sweep => sweep with { Points = [.. sweep.Points.Select((point, i) => i % 5 == 0 ? point with { RealOhms = double.NaN } : point)] })],
        };
        foreach (var recording in new[] { spoilt, Recording with { Samples = [.. Recording.Samples.Select(sample => sample with { Volts = double.NaN })] } })
        {
            RecordingPlots.Voltage(recording, [new(300, "halted")], Path.Combine(folder.Path, "v.png"));
            RecordingPlots.Nyquist(recording, Path.Combine(folder.Path, "n.png"));
        }

        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Every_picture_is_a_png_also_without_any_data()
    {
        using var folder = new TemporaryFolder();
        foreach (var recording in new[] { Recording, Recording with { Samples = [], Spectra = [] } })
        {
            Assert.True(IsPng(path => RecordingPlots.Voltage(recording, [new(300, "halted")], path)));
            Assert.True(IsPng(path => RecordingPlots.Nyquist(recording, path)));
            Assert.True(IsPng(path => RecordingPlots.Resistances(recording, [new(10, 2400, 16000), new(500, 2390, 15900)], path)));
        }

        bool IsPng(Action<string> draw)
        {
            var path = Path.Combine(folder.Path, "a.png");
            draw(path);
            var bytes = File.ReadAllBytes(path);
            return bytes.Length > 5000 && bytes.AsSpan(1, 3).SequenceEqual("PNG"u8);
        }
    }
}

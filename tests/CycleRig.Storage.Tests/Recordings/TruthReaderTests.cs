using CycleRig.Core.Evidence;
using CycleRig.Storage.Recordings;
using Xunit;

namespace CycleRig.Storage.Tests.Recordings;

public sealed class TruthReaderTests
{
    [Fact]
    public void What_happened_is_read_and_keys_of_others_are_passed_over()
    {
        using var folder = Written("""
            {"class": "dendrite", "onset_time_s": 3924, "propagation_time_s": 9750.5, "short_time_s": null, "plating_start_s": 2087.3, "craters": 34,
             "weather": {"rain": true}, "temperature_wander_K": 0.0114, "temperature_wander_s": 246.8,
             "sweeps": [{"end_s": 192.5, "loss": 0.01, "r_bulk_ohm": 2464.9}, {"end_s": 89.5, "loss": 0}]}
            """);
        var truth = TruthReader.Read(folder.Path, "rec_1");
        Assert.Equal(("dendrite", 3924d, 9750.5, null, 2087.3, null), (truth.Class, truth.OnsetSeconds!.Value, truth.PropagationSeconds!.Value, truth.ShortSeconds, truth.PlatingStartSeconds!.Value, truth.PlatingEndSeconds));
        Assert.Equal<SweepLoss>([new(89.5, 0), new(192.5, 0.01)], truth.Sweeps);
        Assert.Equal((0.0114, 246.8), (truth.TemperatureWanderKelvins!.Value, truth.TemperatureWanderSeconds!.Value));
    }

    [Fact]
    public void What_is_not_said_is_not_known()
    {
        using var folder = Written("""{"class": "contact"}""");
        var truth = TruthReader.Read(folder.Path, "rec_1");
        Assert.Null(truth.OnsetSeconds);
        Assert.Null(truth.TemperatureWanderKelvins);
        Assert.Empty(truth.Sweeps);
    }

    [Theory]
    [InlineData("{", "truth.json:1:2: this is no JSON")]
    [InlineData("[]", "truth.json:1:1: no JSON object")]
    [InlineData("{}", "truth.json: no `class`")]
    [InlineData("""{"class": "a", "onset_time_s": "soon"}""", "truth.json: `onset_time_s` is \"soon\"; write a number or null")]
    [InlineData("""{"class": "a", "sweeps": 3}""", "truth.json: `sweeps` is no list")]
    [InlineData("""{"class": "a", "sweeps": [{"end_s": 1}]}""", "truth.json: a sweep has no `loss`")]
    public void A_truth_that_cannot_be_read_is_told_with_its_file(string text, string expected)
    {
        using var folder = Written(text);
        var message = Assert.Throws<RecordingException>(() => TruthReader.Read(folder.Path, "rec_1")).Message;
        Assert.Contains(Path.Combine(folder.Path, "rec_1", expected), message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_without_truth_is_told_with_the_file_that_is_missing()
    {
        using var folder = Written("{}");
        Assert.Contains(
            Path.Combine(folder.Path, "rec_2", "truth.json"), Assert.Throws<RecordingException>(() => TruthReader.Read(folder.Path, "rec_2")).Message,
            StringComparison.Ordinal);
    }

    private static TemporaryFolder Written(string text)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "rec_1"));
        File.WriteAllText(Path.Combine(folder.Path, "rec_1", "truth.json"), text);
        return folder;
    }
}

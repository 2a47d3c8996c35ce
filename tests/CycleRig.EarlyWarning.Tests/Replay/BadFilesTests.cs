using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Replay;

/// <summary>
/// Recordings on disk as others write them: each is read by the reader, and what its replay says is held against that of the files as they should be.
/// The damaged cell loses 0.15 % of R_bulk a minute from minute 25 on.
/// </summary>
public sealed class BadFilesTests
{
    private const int Minutes = 45;
    private const int Onset = 25;
    private const int TimeInSamples = 0;
    private const int CurrentInSamples = 1;
    private const int TimeInSpectra = 2;
    private const int TemperatureInSpectra = 7;

    private static readonly SyntheticRecording Sound = SyntheticRecording.Make(seed: 8, Minutes);
    private static readonly SyntheticRecording Damaged = SyntheticRecording.Make(seed: 8, Minutes, Onset);

    [Fact]
    public void The_files_as_they_should_be_say_nothing_of_the_sound_cell_and_halt_the_damaged_one() => IsFound();

    [Fact]
    public void Cells_that_are_no_numbers_and_lines_that_are_too_short_are_left_out()
    {
        var spoil = (string[] lines) => lines.Select((line, i) => (i % 23) switch
        {
            7 => Set(line, i % 6, "NaN"), 13 => Set(line, i % 6, ""), 17 => Set(line, i % 5, "n/a"), 19 => line[..(line.Length / 2)], _ => line,
        });
        IsFound(samples: spoil, spectra: spoil);
    }

    [Fact]
    public void Rows_that_are_missing_hide_no_damage() => IsFound(
        samples: lines => lines.Where((_, i) => i % 7 != 3), spectra: lines => lines.Where((line, i) => i % 11 != 5 && Number(line, 0) is < 12 or > 16));

    [Fact]
    public void Rows_that_are_there_twice_or_in_any_order_change_nothing()
    {
        var expected = Replay(Damaged);
        Assert.Equal(expected, Replay(Damaged, samples: Twice, spectra: Twice));
        Assert.Equal(expected, Replay(Damaged, samples: Shuffled, spectra: Shuffled));

        static IEnumerable<string> Twice(string[] lines) => lines.SelectMany(line => new[] { line, line });
        static IEnumerable<string> Shuffled(string[] lines)
        {
            new Random(1).Shuffle(lines);
            return lines;
        }
    }

    [Fact]
    public void One_wrong_voltage_that_is_there_twice_is_no_short() => Assert.Empty(Replay(Sound, samples: lines =>
        lines.SelectMany((line, i) => i == 1500 ? new[] { Set(line, 2, "-0.01"), Set(line, 2, "-0.01") } : [line])));

    [Theory]
    [InlineData(5000)]
    [InlineData(400)]
    [InlineData(-200)]
    public void A_clock_that_jumps_is_no_damage_and_hides_none(double seconds)
    {
        var from = 15 * 60;
        IsFound(samples: lines => lines.Select(line => Jumped(line, TimeInSamples)), spectra: lines => lines.Select(line => Jumped(line, TimeInSpectra)));

        string Jumped(string line, int column) => Number(line, column) is var time && time < from ? line : Set(line, column, (time + seconds).ToString("F3", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_file_that_is_cut_says_what_the_whole_one_had_said_by_then()
    {
        var whole = Replay(Damaged);
        var cut = Replay(Damaged, samples: lines => lines.Take(30 * 60), spectra: lines => [.. lines.Take(lines.Length * 2 / 3), lines[^1][..10]]);
        Assert.Equal(whole.Where(line => line.TimeSeconds < 30 * 60), cut);
    }

    [Fact]
    public void Without_a_temperature_the_channel_is_blind_and_halts_at_its_limit()
    {
        var lines = Replay(Sound, spectra: all => all.Select(line => Set(line, TemperatureInSpectra, "")));
        Assert.Equal(["watch", "halt"], lines.Select(line => line.Level).Distinct());
        Assert.All(lines, line => Assert.Equal(("interlock", "blind"), (line.Kind, line.Reason)));
    }

    [Fact]
    public void A_current_that_is_never_read_counts_as_one_that_flows()
    {
        Assert.Empty(Replay(Sound, samples: lines => lines.Select(line => Set(line, CurrentInSamples, ""))));
        var unseen = Replay(Sound, samples: lines => lines.Select(line => Set(line, CurrentInSamples, "NaN")), spectra: _ => []);
        Assert.Equal([("watch", "blind"), ("halt", "blind")], unseen.Select(line => (line.Level, line.Reason)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    public void Without_a_press_no_pressure_is_missed(string pressure)
    {
        const int column = 4;
        Assert.Empty(Replay(Sound, samples: lines => lines.Select(line => Set(line, column, pressure)), setPoint: 0));
        Assert.Equal(pressure == "0" ? ["trip_press"] : [], Replay(Sound, samples: lines => lines.Select(line => Set(line, column, pressure))).Select(line => line.Reason));
    }

    private static void IsFound(Func<string[], IEnumerable<string>>? samples = null, Func<string[], IEnumerable<string>>? spectra = null)
    {
        Assert.DoesNotContain(Replay(Sound, samples, spectra), line => line.Kind == "damage");
        var last = Replay(Damaged, samples, spectra)[^1];
        Assert.Equal(("halt", "damage", "dendrite_onset"), (last.Level, last.Kind, last.Reason));
    }

    private static IReadOnlyList<ReplayLine> Replay(
        SyntheticRecording cell, Func<string[], IEnumerable<string>>? samples = null, Func<string[], IEnumerable<string>>? spectra = null, double setPoint = 5)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a");
        var facts = new JsonObject { ["id"] = "a", ["area_cm2"] = SyntheticRecording.AreaSquareCentimetres, ["pressure_setpoint_MPa"] = setPoint };
        using (var writer = new RecordingWriter(path, facts))
        {
            foreach (var sample in cell.Samples)
                writer.Write(sample);
            foreach (var sweep in cell.Spectra())
                writer.Write(sweep);
        }

        Change(Path.Combine(path, "samples.csv"), samples);
        Change(Path.Combine(path, "spectra.csv"), spectra);
        var read = RecordingReader.Read(path);
        return RecordingReplay.Run(
            read.Samples, SweepReading.InOrder(read.Spectra, read.Cell.AreaSquareCentimetres), read.Cell.AreaSquareCentimetres,
            read.Cell.PressureSetPointMegapascals, SyntheticRecording.SineAmperes, DetectorSettings.Default);
    }

    private static void Change(string path, Func<string[], IEnumerable<string>>? change)
    {
        var lines = File.ReadAllLines(path);
        if (change is not null)
            File.WriteAllLines(path, [lines[0], .. change(lines[1..])]);
    }

    private static string Set(string line, int column, string value)
    {
        var cells = line.Split(',');
        cells[column] = value;
        return string.Join(',', cells);
    }

    private static double Number(string line, int column) => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture);
}

using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Exports;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

/// <summary>Battery Data Format as text: labels and units of ontology 1.3.0, values of the journal.</summary>
public sealed class BdfCsvFileTests
{
    private const double TickSeconds = 1e-7;

    [Fact]
    public async Task Samples_have_the_values_of_the_journal_to_the_bit()
    {
        using var journal = new JournalOfRun();
        var draw = new Random(5);
        for (var i = 0; i < 300; i++)
            journal.Sampled(new Sample(0.1 + (i * 0.1), (draw.NextDouble() - 0.5) * 1e-4, draw.NextDouble() - 0.5, 30 + draw.NextDouble(), 5 + draw.NextDouble(), i * -1e-6));
        await journal.Export(ExportFormat.BdfCsv, "one.bdf.csv");
        var table = TextTable.OfCsv(journal.At("one.bdf.csv"));
        Assert.Equal(["Test Time / s", "Voltage / V", "Current / A", "Unix Time / s"], table.Names.Take(4));
        Assert.Equal(300, table.Count);
        for (var row = 0; row < 300; row++)
        {
            var sample = journal.Samples[row];
            Assert.Equal(sample.Volts, table[row, "Voltage / V"]);
            Assert.Equal(sample.CurrentAmperes, table[row, "Current / A"]);
            Assert.Equal(sample.TemperatureCelsius, table[row, "Surface Temperature / degC"]);
            Assert.Equal(sample.PressureMegapascals * 1e6, table[row, "Surface Pressure / Pa"], 1e-8);
            Assert.Equal(5e6, table[row, "Applied Pressure / Pa"]);
            Assert.Equal(sample.TimeSeconds - JournalOfRun.Origin, table[row, "Test Time / s"], TickSeconds);
            // 2026-11-24T23:59:30.5Z by `date -u -d`; a double resolves 2.4e-7 s there.
            Assert.Equal(1795564770.5 + table[row, "Test Time / s"], table[row, "Unix Time / s"], 1e-6);
            Assert.Equal(row + 1, table[row, "Record Index / 1"]);
        }

        Assert.False(File.Exists(journal.At("one_EIS.bdf.csv")), "the run has no spectra");
    }

    [Fact]
    public async Task Steps_cycles_and_their_capacities_follow_the_decisions()
    {
        using var journal = new JournalOfRun(protocol: JournalOfRun.Looped);
        var charge = 0.0;
        // Unrolled: settle, (rest, plate, strip) twice, peis. In C: 0 in the rest, -3.6 in a plating, +1.8 in a stripping, each in two samples.
        (int Step, double Coulombs)[] steps = [(0, 0), (1, 0), (2, -3.6), (3, 1.8), (4, 0), (5, -3.6), (6, 1.8)];
        var time = 0.0;
        foreach (var (step, coulombs) in steps)
        {
            if (step > 0)
                journal.Next(time, "running", step);
            for (var i = 0; i < 2; i++)
                journal.Sampled(new Sample(time += 1, coulombs, 0.1, 30, 5, charge += coulombs / 2));
        }

        journal.Next(time, "halted", 6);
        journal.Sampled(new Sample(time + 1, 0, 0, 30, 5, charge));
        await journal.Export(ExportFormat.BdfCsv, "one.csv");
        var table = TextTable.OfCsv(journal.At("one.csv"));
        var rows = Enumerable.Range(0, table.Count).ToList();
        string Joined(string column) => string.Join(' ', rows.Select(row => table.Text(row, column)));
        Assert.Equal("1 1 2 2 3 3 4 4 5 5 6 6 7 7 8", Joined("Step Count / 1"));
        Assert.Equal("1 1 2 2 3 3 4 4 2 2 3 3 4 4 0", Joined("Step ID"));
        Assert.Equal("REST REST OCV OCV CC_DCH CC_DCH CC_CHG CC_CHG OCV OCV CC_DCH CC_DCH CC_CHG CC_CHG REST", Joined("Step Type"));
        Assert.Equal("0 0 1 1 1 1 1 1 2 2 2 2 2 2 2", Joined("Cycle Count / 1"));
        Assert.Equal("1 2 1 2 1 2 1 2 1 2 1 2 1 2 1", Joined("Step Record Index / 1"));
        Assert.Equal("1 2 1 2 1 2 1 2 1 2 1 2 1 2 1", Joined("Step Time / s"));
        // 3.6 C are 1 mAh: what oxidises counts as charging.
        (string Column, double[] Milli)[] last =
        [
            ("Charging Capacity / Ah", [0, 0, 0, 0, 0, 0, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5, 0.75, 1, 1]),
            ("Discharging Capacity / Ah", [0, 0, 0, 0, 0.5, 1, 1, 1, 1, 1, 1.5, 2, 2, 2, 2]),
            ("Net Capacity / Ah", [0, 0, 0, 0, -0.5, -1, -0.75, -0.5, -0.5, -0.5, -1, -1.5, -1.25, -1, -1]),
            ("Cycle Discharging Capacity / Ah", [0, 0, 0, 0, 0.5, 1, 1, 1, 0, 0, 0.5, 1, 1, 1, 1]),
            ("Cycle Net Capacity / Ah", [0, 0, 0, 0, -0.5, -1, -0.75, -0.5, 0, 0, -0.5, -1, -0.75, -0.5, -0.5]),
            ("Step Charging Capacity / Ah", [0, 0, 0, 0, 0, 0, 0.25, 0.5, 0, 0, 0, 0, 0.25, 0.5, 0]),
            ("Step Net Capacity / Ah", [0, 0, 0, 0, -0.5, -1, 0.25, 0.5, 0, 0, -0.5, -1, 0.25, 0.5, 0]),
        ];
        foreach (var (column, milli) in last)
            Assert.All(rows, row => Assert.Equal(milli[row] * 1e-3, table[row, column], 1e-15));
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_empty_and_a_time_that_does_not_rise_is_left_out_and_counted()
    {
        using var journal = new JournalOfRun();
        journal.Sampled(new(1, 1e-5, double.NaN, double.NaN, double.PositiveInfinity, double.NaN), new(2, double.NaN, 0.5, 30, double.NaN, 7.2));
        journal.Sampled(new(2, 9, 9, 9, 9, 9), new(double.NaN, 9, 9, 9, 9, 9), new(3, 1e-5, 0.25, 30, 5, 3.6));
        var (result, metadata) = await journal.Export(ExportFormat.BdfCsv, "one.csv");
        var table = TextTable.OfCsv(journal.At("one.csv"));
        Assert.Equal(3, table.Count);
        foreach (var column in (string[])["Voltage / V", "Surface Temperature / degC", "Surface Pressure / Pa"])
            Assert.Equal("", table.Text(0, column));
        Assert.Equal("", table.Text(1, "Current / A"));
        Assert.Equal(0.25, table[2, "Voltage / V"]);
        Assert.Equal([0, 2e-3, 1e-3], Enumerable.Range(0, 3).Select(row => table[row, "Net Capacity / Ah"]));
        Assert.Equal((3, 2), (result.Counts.Samples, result.Counts.LeftOut));
        Assert.Equal(2, metadata["rows_left_out"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_run_without_samples_is_a_header()
    {
        using var journal = new JournalOfRun();
        await journal.Export(ExportFormat.BdfCsv, "one.csv");
        Assert.Equal(0, TextTable.OfCsv(journal.At("one.csv")).Count);
    }

    [Fact]
    public async Task Spectra_stand_in_a_file_of_their_own_with_the_sign_of_the_imaginary_part_as_measured()
    {
        using var journal = new JournalOfRun(protocol: JournalOfRun.Looped);
        journal.Sampled(new Sample(9.5, 0, 0.125, 30, 5, 0));
        journal.Swept(10, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25), (1e3, 1000, 12.5));
        journal.Swept(20, SegmentKind.Galvanostatic, -1.5e-5, (1e6, 3, -4));
        await journal.Export(ExportFormat.BdfCsv, "one.bdf.csv");
        var table = TextTable.OfCsv(journal.At("one_EIS.bdf.csv"));
        Assert.Equal(["Test Time / s", "Voltage / V", "Current / A"], table.Names.Take(3));
        Assert.Equal(3, table.Count);
        var points = journal.Spectra.SelectMany(spectrum => spectrum.Points).ToList();
        for (var row = 0; row < 3; row++)
        {
            Assert.Equal(points[row].FrequencyHz, table[row, "Frequency / Hz"]);
            Assert.Equal(points[row].RealOhms, table[row, "Real Impedance / ohm"]);
            Assert.Equal(points[row].ImaginaryOhms, table[row, "Imaginary Impedance / ohm"]);
            Assert.Equal(points[row].CurrentAmperes, table[row, "Current / A"]);
            Assert.Equal(points[row].TemperatureCelsius, table[row, "Surface Temperature / degC"]);
            Assert.Equal(4.5e6, table[row, "Surface Pressure / Pa"]);
            Assert.Equal(points[row].TimeSeconds - JournalOfRun.Origin, table[row, "Test Time / s"], TickSeconds);
        }

        Assert.Equal((5, -53.13010235415598), (table[2, "Absolute Impedance / ohm"], table[2, "Phase / deg"])); // The triangle of 3, 4, 5.
        Assert.Equal([0.125, 0.125, double.NaN], Enumerable.Range(0, 3).Select(row => table[row, "Voltage / V"])); // No sample within 2 s of the last.
        Assert.Equal([1, 1, 2], Enumerable.Range(0, 3).Select(row => table[row, "Spectrum Index / 1"]));
    }
}

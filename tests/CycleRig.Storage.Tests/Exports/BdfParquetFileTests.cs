using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Exports;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

public sealed class BdfParquetFileTests
{
    [Fact]
    public async Task Samples_have_the_values_of_the_journal_to_the_bit_over_several_row_groups()
    {
        using var journal = new JournalOfRun(person: "Ada Łąka", protocol: JournalOfRun.Looped);
        const int count = BdfParquetFile.RowsOfGroup + 5;
        foreach (var batch in Enumerable.Range(0, count).Chunk(1000))
            journal.Sampled([.. batch.Select(i => new Sample(1 + (i * 0.1), i * 1e-9, i == 7 ? double.NaN : i / 3.0, 30 + (i / 7.0), 5, i))]);
        await journal.Export(ExportFormat.BdfParquet, "one.bdf.parquet");
        await using var file = await ParquetReader.CreateAsync(journal.At("one.bdf.parquet"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, file.RowGroupCount);
        var row = 0;
        foreach (var group in file.RowGroups)
        {
            var (volts, amperes, celsius) = (await Numbers(group, file, "Voltage / V"), await Numbers(group, file, "Current / A"), await Numbers(group, file, "Surface Temperature / degC"));
            for (var i = 0; i < group.RowCount; i++, row++)
            {
                var sample = journal.Samples[row];
                Assert.Equal(double.IsNaN(sample.Volts) ? null : sample.Volts, volts[i]);
                Assert.Equal(sample.CurrentAmperes, amperes[i]);
                Assert.Equal(sample.TemperatureCelsius, celsius[i]);
            }
        }

        Assert.Equal(count, row);
        var metadata = JsonNode.Parse(file.CustomMetadata["cyclerig"])!;
        Assert.Equal(("Ada Łąka", "1.3.0", "looped"), (metadata["operator"]!.ToString(), file.CustomMetadata["bdf_ontology"], metadata["configuration"]!["protocol"]!["name"]!.ToString()));
    }

    [Fact]
    public async Task Columns_have_the_labels_and_types_of_the_text_form()
    {
        using var journal = new JournalOfRun(protocol: JournalOfRun.Looped);
        journal.Sampled(new Sample(1, 0, 0.125, 30, 5, 0));
        journal.Swept(2, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25));
        await journal.Export(ExportFormat.BdfParquet, "one.bdf.parquet");
        await journal.Export(ExportFormat.BdfCsv, "one.bdf.csv");
        foreach (var name in (string[])["one", "one_EIS"])
        {
            await using var file = await ParquetReader.CreateAsync(journal.At($"{name}.bdf.parquet"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(TextTable.OfCsv(journal.At($"{name}.bdf.csv")).Names, file.Schema.DataFields.Select(field => field.Name));
            foreach (var field in file.Schema.DataFields)
            {
                var type = field.Name switch
                {
                    "Step Type" => typeof(ReadOnlyMemory<char>), // How the library calls a string.
                    "Cycle Count / 1" or "Step Count / 1" or "Step ID" or "Step Record Index / 1" or "Record Index / 1" or "Spectrum Index / 1" => typeof(long),
                    _ => typeof(double),
                };
                Assert.Equal((field.Name, type), (field.Name, field.ClrType));
            }
        }
    }

    [Fact]
    public async Task A_run_without_samples_is_a_schema()
    {
        using var journal = new JournalOfRun();
        await journal.Export(ExportFormat.BdfParquet, "one.parquet");
        await using var file = await ParquetReader.CreateAsync(journal.At("one.parquet"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, file.RowGroups.Sum(group => group.RowCount));
        Assert.Contains(file.Schema.DataFields, field => field.Name == "Voltage / V");
        Assert.False(File.Exists(journal.At("one_EIS.parquet")));
    }

    private static async Task<double?[]> Numbers(ParquetRowGroupReader group, ParquetReader file, string column)
    {
        var values = new double?[group.RowCount];
        DataField field = file.Schema.DataFields.Single(known => known.Name == column);
        await group.ReadAsync<double>(field, values.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        return values;
    }
}

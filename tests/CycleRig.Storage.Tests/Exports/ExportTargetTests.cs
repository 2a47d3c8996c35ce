using CycleRig.Storage.Exports;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

public sealed class ExportTargetTests : IDisposable
{
    private static readonly Guid Run = new("01930000-0000-7000-8000-00000000abcd");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x/a.bdf.csv", ExportFormat.BdfCsv, "x", "a", ".bdf.csv")]
    [InlineData("a.CSV", ExportFormat.BdfCsv, "", "a", ".CSV")]
    [InlineData("a.b.parquet", ExportFormat.BdfParquet, "", "a.b", ".parquet")]
    [InlineData("a.mpt", ExportFormat.Mpt, "", "a", ".mpt")]
    [InlineData("a.z", ExportFormat.ZView, "", "a", ".z")]
    [InlineData("a.z", ExportFormat.Mpt, "a.z", "CycleRig__cell-1__20261124_0000abcd", ".mpt")]
    [InlineData("a.csv", ExportFormat.Recording, "a.csv", "", "")]
    [InlineData("a", ExportFormat.BdfCsv, "a", "CycleRig__cell-1__20261124_0000abcd", ".bdf.csv")]
    public void A_path_with_an_extension_of_the_format_is_a_file_and_any_other_one_a_folder(string path, ExportFormat format, string folder, string stem, string extension)
    {
        var (target, problem) = Of(path, format);
        Assert.Null(problem);
        Assert.Equal((At(folder), stem, extension), (Path.TrimEndingDirectorySeparator(target!.Folder), target.Stem, target.Extension));
    }

    [Theory]
    [InlineData("../ß 1", "CycleRig__---ß-1__20261124_0000abcd")]
    [InlineData("", "CycleRig__cell__20261124_0000abcd")]
    public void A_cell_with_any_name_gives_a_file_name(string cell, string stem) =>
        Assert.Equal(stem, ExportTarget.Of(At("x"), ExportFormat.Mpt, cell, Run, Began, false).Target!.Stem);

    [Fact]
    public void What_is_there_is_written_over_only_with_force()
    {
        Directory.CreateDirectory(At("full"));
        foreach (var name in (string[])["full/notes.txt", "taken.csv", "half.bdf-csv.export.json", "folderless"])
            File.WriteAllText(At(name), "");
        Directory.CreateDirectory(At("cut.bdf-csv.partial"));
        foreach (var (path, expected) in new[]
        {
            ("full", "is not empty; give another folder"), ("taken.csv", "taken.csv exists"), ("half.csv", "half.bdf-csv.export.json exists"),
            ("cut.csv", "cut.bdf-csv.partial exists"),
        })
        {
            Assert.Contains(expected, Of(path, ExportFormat.BdfCsv).Problem, StringComparison.Ordinal);
            Assert.Null(ExportTarget.Of(At(path), ExportFormat.BdfCsv, "cell-1", Run, Began, true).Problem);
        }

        Assert.Contains("is a file; give a folder", Of("folderless", ExportFormat.BdfCsv).Problem, StringComparison.Ordinal);
        Assert.Contains("has no name before .csv", Of(".csv", ExportFormat.BdfCsv).Problem, StringComparison.Ordinal);
        Assert.Null(Of("new.csv", ExportFormat.BdfCsv).Problem);
    }

    private static DateTimeOffset Began => new(2026, 11, 24, 23, 59, 30, TimeSpan.Zero);

    private (ExportTarget? Target, string? Problem) Of(string path, ExportFormat format) => ExportTarget.Of(At(path), format, "cell-1", Run, Began, false);

    private string At(string name) => Path.TrimEndingDirectorySeparator(Path.Combine(_folder.Path, name));
}

using System.Diagnostics;

namespace CycleRig.Storage.Exports;

/// <summary>What a run can be exported as.</summary>
public enum ExportFormat
{
    /// <summary>A recording: cell.json, samples.csv, spectra.csv, events.jsonl.</summary>
    Recording,

    /// <summary>Battery Data Format, comma-separated.</summary>
    BdfCsv,

    /// <summary>Battery Data Format, Apache Parquet.</summary>
    BdfParquet,

    /// <summary>The text layout of BioLogic exports.</summary>
    Mpt,

    /// <summary>ZView, a file for each spectrum.</summary>
    ZView,
}

/// <summary>Names and file extensions of the formats.</summary>
public static class ExportFormats
{
    /// <summary>As given on the command line, in the order of <see cref="ExportFormat"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ExportFormat>().Select(Name)];

    public static string Name(this ExportFormat format) => format switch
    {
        ExportFormat.Recording => "recording",
        ExportFormat.BdfCsv => "bdf-csv",
        ExportFormat.BdfParquet => "bdf-parquet",
        ExportFormat.Mpt => "mpt",
        ExportFormat.ZView => "z",
        _ => throw new UnreachableException($"No name for the format {format}."),
    };

    /// <summary>The format of a name, or null.</summary>
    public static ExportFormat? Parse(string name) =>
        Enum.GetValues<ExportFormat>().Where(format => format.Name() == name).Select(format => (ExportFormat?)format).FirstOrDefault();

    /// <summary>Extensions that a path may end with to name a file, the usual one first; none where only a folder will do.</summary>
    internal static IReadOnlyList<string> Extensions(this ExportFormat format) => format switch
    {
        ExportFormat.Recording => [],
        ExportFormat.BdfCsv => [".bdf.csv", ".csv"],
        ExportFormat.BdfParquet => [".bdf.parquet", ".parquet"],
        ExportFormat.Mpt => [".mpt"],
        ExportFormat.ZView => [".z"],
        _ => throw new UnreachableException($"No extension for the format {format}."),
    };
}

using System.Globalization;

namespace CycleRig.Storage.Exports;

/// <summary>Where an export goes: a folder, and the name that its files begin with.</summary>
/// <param name="Folder">Folder of the files.</param>
/// <param name="Stem">Begin of the names; empty in a recording, whose names are fixed.</param>
/// <param name="Extension">Extension of the tables.</param>
/// <param name="Format">What is written: exports of several formats may stand under one name.</param>
public sealed record ExportTarget(string Folder, string Stem, string Extension, ExportFormat Format)
{
    private const int CellMax = 64;
    private const int RunDigits = 8;

    /// <summary>The files are written here and moved when all are whole. A folder that stays is left by an export that was cut off.</summary>
    public string Partial => Path.Combine(Folder, Stem.Length > 0 ? $"{Stem}.{Format.Name()}.partial" : "export.partial");

    /// <summary>What says of an export who, what, when, and which files; written last.</summary>
    public string Metadata => Path.Combine(Folder, Stem.Length > 0 ? $"{Stem}.{Format.Name()}.export.json" : "export.json");

    /// <summary>Decides where an export goes. A path that ends with an extension of the format names the file, any other one a folder.</summary>
    /// <param name="path">As given.</param>
    /// <param name="format">What is written.</param>
    /// <param name="cell">Id of the cell.</param>
    /// <param name="run">Id of the run.</param>
    /// <param name="startedUtc">When it began.</param>
    /// <param name="force">Whether what is there may be written over.</param>
    /// <returns>The target, or in one line what is wrong with the path.</returns>
    public static (ExportTarget? Target, string? Problem) Of(
        string path, ExportFormat format, string cell, Guid run, DateTimeOffset startedUtc, bool force)
    {
        var extension = Directory.Exists(path) ? null : format.Extensions().FirstOrDefault(known => path.EndsWith(known, StringComparison.OrdinalIgnoreCase));
        if (extension is null)
        {
            if (File.Exists(path))
                return (null, $"{path} is a file; give a folder with --out");
            if (!force && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
                return (null, $"{path} is not empty; give another folder with --out, or add --force to write over an export in it");
            var folder = new ExportTarget(path, format == ExportFormat.Recording ? "" : Name(cell, run, startedUtc), format.Extensions().FirstOrDefault(""), format);
            return (folder, null);
        }

        var stem = Path.GetFileName(path)[..^extension.Length];
        var target = new ExportTarget(Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".", stem, Path.GetFileName(path)[^extension.Length..], format);
        if (stem.Length == 0)
            return (null, $"{path} has no name before {extension}; write NAME{extension}");
        var taken = new[] { path, target.Metadata, target.Partial }.FirstOrDefault(Path.Exists);
        return taken is null || force
            ? (target, null)
            : (null, $"{taken} exists; give another name with --out, or add --force to write over it");
    }

    /// <summary>Institution__Cell__YYYYMMDD_XXX of the Battery Data Format; the last part is the end of the run's id.</summary>
    private static string Name(string cell, Guid run, DateTimeOffset startedUtc) => string.Create(
        CultureInfo.InvariantCulture, $"CycleRig__{Plain(cell)}__{startedUtc.UtcDateTime:yyyyMMdd}_{run.ToString("N")[^RunDigits..]}");

    /// <summary>A cell's id as a part of a file name on any system.</summary>
    private static string Plain(string cell)
    {
        var plain = string.Concat(cell.Take(CellMax).Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return plain.Length > 0 ? plain : "cell";
    }
}

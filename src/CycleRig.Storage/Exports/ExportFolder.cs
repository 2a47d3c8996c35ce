using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CycleRig.Storage.Exports;

/// <summary>A file of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its hash, in hex.</param>
public sealed record WrittenFile(string Name, long Bytes, string Sha256);

/// <summary>
/// Files of an export while they are written: in a folder of their own, moved when all are whole, and after them the metadata. What was not
/// finished leaves nothing, or, where the process was killed, its folder of partial files and no metadata.
/// </summary>
internal sealed class ExportFolder : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ExportTarget _target;
    private readonly string? _made;

    public ExportFolder(ExportTarget target)
    {
        _target = target;
        _made = Directory.Exists(target.Folder) ? null : target.Folder;
        if (Directory.Exists(target.Partial))
            Directory.Delete(target.Partial, recursive: true);
        Directory.CreateDirectory(target.Partial);
    }

    /// <summary>Where to write a file.</summary>
    /// <param name="name">Its name.</param>
    public string PathOf(string name) => Path.Combine(_target.Partial, name);

    /// <summary>Moves the files to where they belong, instead of those of an earlier export of this name, and writes the metadata.</summary>
    /// <param name="metadata">All but the files.</param>
    public IReadOnlyList<WrittenFile> Finish(JsonObject metadata)
    {
        List<WrittenFile> files = [.. Directory.EnumerateFiles(_target.Partial).Order(StringComparer.Ordinal).Select(Described)];
        metadata["files"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject
        {
            ["name"] = file.Name, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256,
        })]);
        foreach (var stale in Earlier())
            File.Delete(Path.Combine(_target.Folder, stale));
        File.Delete(_target.Metadata);
        foreach (var file in files)
            File.Move(PathOf(file.Name), Path.Combine(_target.Folder, file.Name), overwrite: true);
        var last = PathOf(Path.GetFileName(_target.Metadata));
        File.WriteAllText(last, metadata.ToJsonString(Readable) + "\n");
        File.Move(last, _target.Metadata, overwrite: true);
        return files;
    }

    public void Dispose()
    {
        if (Directory.Exists(_target.Partial))
            Directory.Delete(_target.Partial, recursive: true);
        if (_made is { } made && Directory.Exists(made) && !Directory.EnumerateFileSystemEntries(made).Any())
            Directory.Delete(made);
    }

    private static WrittenFile Described(string path)
    {
        using var content = File.OpenRead(path);
        return new(Path.GetFileName(path), content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>Files that the metadata of an earlier export names: they would otherwise stand among the new ones.</summary>
    private IEnumerable<string> Earlier()
    {
        if (!File.Exists(_target.Metadata))
            return [];
        try
        {
            return [.. ((JsonNode.Parse(File.ReadAllText(_target.Metadata))?["files"] as JsonArray) ?? []).Select(file => file?["name"]?.ToString() ?? "")
                .Where(name => name.Length > 0 && name == Path.GetFileName(name))];
        }
        catch (JsonException)
        {
            return []; // Not ours, or cut off: nothing is known to be ours.
        }
    }
}

using System.Collections.Immutable;

namespace CycleRig.Storage.Recordings;

/// <summary>Counts the flaws of a recording by kind and keeps the first place of each.</summary>
internal sealed class RecordingRemarks
{
    private readonly Dictionary<(string Path, string Text), (int Line, int Count)> _seen = [];

    public void Add(string path, int line, string text) =>
        _seen[(path, text)] = _seen.TryGetValue((path, text), out var seen) ? (seen.Line, seen.Count + 1) : (line, 1);

    public ImmutableArray<string> ToImmutable() =>
        [.. _seen.Select(seen => $"{seen.Key.Path}:{seen.Value.Line}: {seen.Key.Text} (first of {seen.Value.Count})")];
}

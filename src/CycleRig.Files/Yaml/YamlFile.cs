using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace CycleRig.Files.Yaml;

/// <summary>Reads a YAML file strictly: plain maps, lists and texts; no anchors, tags or second documents; bounded.</summary>
internal sealed class YamlFile
{
    private const int BytesMax = 1 << 20;
    private const int DepthMax = 30;

    private readonly string _name;
    private readonly List<FileProblem> _problems = [];
    private Mark _at = Mark.Empty;

    private YamlFile(string name) => _name = name;

    /// <summary>Takes the problems of what is missing anyway: the missing key was reported once.</summary>
    public YamlFile Silent => new(_name);

    /// <summary>Reads a file and makes something of it; every problem found on the way is reported at once.</summary>
    /// <exception cref="FileProblemsException">Anything is wrong.</exception>
    public static T Read<T>(string path, Func<YamlMap, T> make)
    {
        var file = new YamlFile(path);
        return Made(file, file.Root(path), make);
    }

    /// <summary>The same from text.</summary>
    public static T Parse<T>(string name, string text, Func<YamlMap, T> make)
    {
        var file = new YamlFile(name);
        return Made(file, text.Length > BytesMax ? file.TooLarge() : file.Guarded(text), make);
    }

    private static T Made<T>(YamlFile file, YamlMap? read, Func<YamlMap, T> make)
    {
        if (read is { } root)
        {
            var made = make(root);
            root.Close();
            if (file._problems.Count == 0)
                return made;
        }

        throw new FileProblemsException([.. file._problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    public void Report(YamlNode at, string what) => Report(at.Start, what);

    public void Report(Mark at, string what) => _problems.Add(new(_name, Math.Max(1, at.Line), Math.Max(1, at.Column), what));

    private YamlMap? Root(string path)
    {
        if (!File.Exists(path))
        {
            Report(Mark.Empty, Directory.Exists(path) ? "this is a folder; give a file" : "no such file; check the path");
            return null;
        }

        if (new FileInfo(path).Length > BytesMax)
            return TooLarge();

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                Report(Mark.Empty, "this is a binary file; give a YAML file");
                return null;
            }

            return Guarded(text);
        }
        catch (DecoderFallbackException)
        {
            Report(Mark.Empty, "this is not UTF-8 text; save the file as UTF-8");
            return null;
        }
    }

    private YamlMap? TooLarge()
    {
        Report(Mark.Empty, $"the file is larger than {BytesMax >> 10} KiB; write a smaller one");
        return null;
    }

    private YamlMap? Guarded(string text)
    {
        try
        {
            return Parsed(text);
        }
        catch (YamlException) when (Tab(text) is { } tab)
        {
            _problems.Add(new(_name, tab.Line, tab.Column, "a tab stands here; indent with spaces"));
        }
        catch (YamlException wrong)
        {
            Report(wrong.Start, $"{wrong.Message.TrimEnd('.')}; check indentation and colons here");
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // The parser says so of a flow map or list that the text never closes, or closes where none was opened.
            Report(_at, "what is opened here with { or [ is not closed, or the file ends within it; check the brackets");
        }

        return null;
    }

    /// <summary>The first tab in an indentation.</summary>
    private static (int Line, int Column)? Tab(string text)
    {
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.AsSpan(0, line.Length - line.TrimStart().Length).IndexOf('\t') is var column and >= 0)
                return (index + 1, column + 1);
        }

        return null;
    }

    private YamlMap? Parsed(string text)
    {
        if (!IsPlain(text))
            return null;
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents.Count != 1)
        {
            Report(Mark.Empty, stream.Documents.Count == 0 ? "the file is empty; see examples/ for what to write" : "the file holds more than one document; write one");
            return null;
        }

        if (stream.Documents[0].RootNode is YamlMappingNode map)
            return new(this, map, "the file");
        Report(stream.Documents[0].RootNode, "the file is no map; write `key: value` lines, see examples/");
        return null;
    }

    private bool IsPlain(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var happened = parser.Current!;
            _at = happened.Start;
            if (happened is MappingStart or SequenceStart && ++depth > DepthMax)
            {
                Report(happened.Start, $"nested deeper than {DepthMax} levels; write a flatter file");
                return false;
            }

            if (happened is MappingEnd or SequenceEnd)
                depth--;
            if (happened is AnchorAlias || happened is NodeEvent { Anchor.IsEmpty: false })
            {
                Report(happened.Start, "anchors and aliases are not read; write the value out");
                return false;
            }

            if (happened is NodeEvent { Tag.IsEmpty: false })
            {
                Report(happened.Start, "tags are not read; leave it out");
                return false;
            }
        }

        return true;
    }
}

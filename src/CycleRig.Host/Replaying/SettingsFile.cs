using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Files;
using static CycleRig.Host.Demo.OutputJson;

namespace CycleRig.Host.Replaying;

/// <summary>
/// Settings of the detector as JSON: `format`, and any of the keys below, each a number with its unit in the name. What is left out is as it is
/// without a file. What belongs to the cell (its activation energy) is not a setting of the file.
/// </summary>
internal static class SettingsFile
{
    private const string Format = "format";
    private const int FormatNumber = 1;

    private static readonly ImmutableArray<Key> Keys =
    [
        new("falseHaltsPerThousandHours", 1e-3, 1e3, s => s.FalseHaltsPerThousandHours, (s, v) => s with { FalseHaltsPerThousandHours = v }),
        new("interfaceActivationElectronVolts", 0.05, 2, s => s.InterfaceActivationElectronVolts, (s, v) => s with { InterfaceActivationElectronVolts = v }),
        new("baselineSweeps", 2, 1000, s => s.BaselineSweeps, (s, v) => s with { BaselineSweeps = (int)v }) { IsWhole = true },
        new("noiseFloor", 1e-6, 0.1, s => s.NoiseFloor, (s, v) => s with { NoiseFloor = v }),
        new("wanderKelvins", 1e-5, 1, s => s.WanderKelvins, (s, v) => s with { WanderKelvins = v }),
        new("wanderSeconds", 1, 1e5, s => s.WanderSeconds, (s, v) => s with { WanderSeconds = v }),
        new("driftPerRootHour", 1e-7, 0.1, s => s.DriftPerRootHour, (s, v) => s with { DriftPerRootHour = v }),
        new("creepPerEFold", 1e-7, 0.1, s => s.CreepPerEFold, (s, v) => s with { CreepPerEFold = v }),
        new("constrictionRootSd", 1e-6, 1, s => s.ConstrictionRootSd, (s, v) => s with { ConstrictionRootSd = v }),
        new("constrictionSd", 1e-6, 1, s => s.ConstrictionSd, (s, v) => s with { ConstrictionSd = v }),
        new("blindLimitSeconds", 10, 1e5, s => s.BlindLimitSeconds, (s, v) => s with { BlindLimitSeconds = v }),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="FileProblemsException">It cannot be used.</exception>
    public static DetectorSettings Read(string path)
    {
        if (!File.Exists(path))
            throw Wrong(path, 1, 1, "no such file; give a file that `cyclerig tune` has written, or write {\"format\": 1, \"wanderKelvins\": 0.018}");
        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>All settings as a file.</summary>
    public static string Write(DetectorSettings settings)
    {
        var json = new JsonObject { [Format] = FormatNumber };
        foreach (var key in Keys)
            json[key.Name] = key.IsWhole ? (int)key.Of(settings) : key.Of(settings);
        return json.ToJsonString(Readable) + "\n";
    }

    private static DetectorSettings Parse(string path, byte[] bytes)
    {
        var (settings, problems, seen) = (DetectorSettings.Default, new List<FileProblem>(), new HashSet<string>());
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        var reader = new Utf8JsonReader(text);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Wrong(path, 1, 1, "no JSON object; write {\"format\": 1, ...}");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (name, line, column) = (reader.GetString()!, 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n'), Column(text, reader.TokenStartIndex));
                reader.Read();
                double? value = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
                var shown = Encoding.UTF8.GetString(text[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
                reader.Skip();
                var what = seen.Add(name) ? Take(ref settings, name, value, shown) : $"`{name}` stands here a second time; leave one out";
                if (what is not null)
                    problems.Add(new(path, line, column, what));
            }

            // Nothing may stand behind the object.
            reader.Read();
        }
        catch (JsonException wrong)
        {
            throw Wrong(path, (wrong.LineNumber ?? 0) + 1, (wrong.BytePositionInLine ?? 0) + 1, "this is no JSON; write {\"format\": 1, ...}");
        }

        if (!seen.Contains(Format))
            problems.Add(new(path, 1, 1, $"no `{Format}`; write \"{Format}\": {FormatNumber}"));
        return problems.Count == 0 ? settings : throw new FileProblemsException(problems);
    }

    /// <returns>What is wrong, or null.</returns>
    private static string? Take(ref DetectorSettings settings, string name, double? value, string shown)
    {
        if (name == Format)
            return value == FormatNumber ? null : $"`{Format}` is {shown}; this program reads {FormatNumber}";
        if (Keys.FirstOrDefault(key => key.Name == name) is not { } found)
            return $"`{name}` is no setting; write one of {string.Join(", ", Keys.Select(key => key.Name))}";
        if (value is not { } number || !(number >= found.Min && number <= found.Max) || (found.IsWhole && number != Math.Floor(number)))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"`{name}` is {shown}; write a {(found.IsWhole ? "whole number" : "number")} from {found.Min} to {found.Max}");
        }

        settings = found.With(settings, number);
        return null;
    }

    private static int Column(ReadOnlySpan<byte> text, long position)
    {
        var before = text[..(int)position];
        return before.Length - before.LastIndexOf((byte)'\n');
    }

    private static FileProblemsException Wrong(string path, long line, long column, string what) => new([new(path, line, column, what)]);

    private sealed record Key(
        string Name, double Min, double Max, Func<DetectorSettings, double> Of, Func<DetectorSettings, double, DetectorSettings> With)
    {
        public bool IsWhole { get; init; }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CycleRig.Testing;
using MQTTnet;
using MQTTnet.Packets;
using YamlDotNet.Serialization;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>docs/asyncapi.yaml, and whether a message is as it says: address, user properties, payload. A member that the file does not have is a problem, too.</summary>
internal sealed class AsyncApiFile
{
    private const string Name = "^[a-z0-9-]{1,32}$";

    private readonly Dictionary<object, object> _root;

    public AsyncApiFile()
        : this(File.ReadAllText(Path.Combine(SharedData.ProjectRoot(), "docs", "asyncapi.yaml")))
    {
    }

    private AsyncApiFile(string text) => _root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(text);

    public string Version => (string)_root["asyncapi"];

    public IEnumerable<string> Channels => Map(_root, "channels").Keys.Cast<string>();

    /// <summary>Every reference of the file that leads nowhere.</summary>
    public IEnumerable<string> DeadReferences => References(_root).Where(reference => Find(reference) is null);

    /// <summary>The channel of a topic, or null.</summary>
    public string? ChannelOf(string topic) => Channels.SingleOrDefault(name =>
    {
        var (address, parts) = (((string)Map(Map(_root, "channels"), name)["address"]).Split('/'), topic.Split('/'));
        return address.Length == parts.Length && address.Zip(parts).All(pair => pair.First[0] == '{' ? Regex.IsMatch(pair.Second, Name) : pair.First == pair.Second);
    });

    /// <summary>What a message has that the file does not say, or the other way round.</summary>
    public IReadOnlyList<string> Problems(MqttApplicationMessage message)
    {
        if (ChannelOf(message.Topic) is not { } channel)
            return [$"{message.Topic}: no channel has this address"];
        var told = Map(Map(Map(_root, "channels"), channel), "messages").Values.Select(Resolve).Single();
        var problems = new List<string>();
        var properties = new JsonObject();
        foreach (var property in message.UserProperties ?? [])
            properties[property.Name] = property.ReadValueAsString();
        if (told.TryGetValue("headers", out var headers))
            Check(Resolve(headers), properties, $"{message.Topic} properties", problems);
        else if (properties.Count > 0)
            problems.Add($"{message.Topic}: user properties {properties}");
        var text = Encoding.UTF8.GetString(message.Payload);
        if (told.TryGetValue("contentType", out var type) && ((string)type).StartsWith("text/", StringComparison.Ordinal))
        {
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Check(Resolve(told["payload"]), JsonValue.Create(line), message.Topic, problems);
        }
        else
        {
            Check(Resolve(told["payload"]), JsonNode.Parse(text), message.Topic, problems);
        }

        return problems;
    }

    private void Check(Dictionary<object, object> schema, JsonNode? value, string at, List<string> problems)
    {
        if (schema.TryGetValue("type", out var type) && !(type is List<object> many ? many : [type]).Contains(TypeOf(value)))
            problems.Add($"{at}: {value?.ToJsonString() ?? "null"} is no {type}");
        if (schema.TryGetValue("enum", out var known) && !((List<object>)known).Contains(value?.ToString() ?? "null"))
            problems.Add($"{at}: {value} is not in the enumeration");
        if (value is JsonValue && TypeOf(value) == "string")
            CheckText(schema, value.GetValue<string>(), at, problems);
        if (value is JsonArray array)
            CheckArray(schema, array, at, problems);
        if (value is JsonObject json)
            CheckObject(schema, json, at, problems);
    }

    private static void CheckText(Dictionary<object, object> schema, string text, string at, List<string> problems)
    {
        if (schema.TryGetValue("pattern", out var pattern) && !Regex.IsMatch(text, (string)pattern))
            problems.Add($"{at}: `{text}` does not match {pattern}");
        if (text.Length > Number(schema, "maxLength", int.MaxValue))
            problems.Add($"{at}: `{text}` is too long");
    }

    private void CheckArray(Dictionary<object, object> schema, JsonArray array, string at, List<string> problems)
    {
        if (array.Count < Number(schema, "minItems", 0) || array.Count > Number(schema, "maxItems", int.MaxValue))
            problems.Add($"{at}: {array.Count} items");
        foreach (var item in array)
            Check(Resolve(schema["items"]), item, $"{at}[]", problems);
    }

    private void CheckObject(Dictionary<object, object> schema, JsonObject json, string at, List<string> problems)
    {
        var members = Map(schema, "properties");
        if (schema.TryGetValue("required", out var required))
            problems.AddRange(((List<object>)required).Where(name => !json.ContainsKey((string)name)).Select(name => $"{at}: {name} is missing"));
        foreach (var (name, value) in json)
        {
            if (members.TryGetValue(name, out var member))
                Check(Resolve(member), value, $"{at}.{name}", problems);
            else
                problems.Add($"{at}: {name} is not in the file");
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => long.TryParse(value.ToJsonString(), out _) ? "integer" : "number",
    };

    private static int Number(Dictionary<object, object> schema, string key, int otherwise) =>
        schema.TryGetValue(key, out var value) ? int.Parse((string)value, CultureInfo.InvariantCulture) : otherwise;

    private static Dictionary<object, object> Map(Dictionary<object, object> map, string key) => (Dictionary<object, object>)map[key];

    private Dictionary<object, object> Resolve(object node)
    {
        var map = (Dictionary<object, object>)node;
        return map.TryGetValue("$ref", out var reference)
            ? Find((string)reference) ?? throw new InvalidOperationException($"{reference} leads nowhere")
            : map;
    }

    private Dictionary<object, object>? Find(string reference)
    {
        object? at = _root;
        foreach (var part in reference.Split('/')[1..])
            at = at is Dictionary<object, object> map && map.TryGetValue(part, out var next) ? next : null;
        return at as Dictionary<object, object>;
    }

    private static IEnumerable<string> References(object? node) => node switch
    {
        Dictionary<object, object> map => map.SelectMany(entry => entry.Key is "$ref" ? [(string)entry.Value] : References(entry.Value)),
        List<object> list => list.SelectMany(References),
        _ => [],
    };
}

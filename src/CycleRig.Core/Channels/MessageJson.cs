using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CycleRig.Core.Protocols;

namespace CycleRig.Core.Channels;

/// <summary>
/// Events, commands, states and steps as JSON: closed families carry a stable `type` in snake_case. Used by the journal, the socket to
/// the device host and grain messages alike.
/// </summary>
public static class MessageJson
{
    private static readonly Type[] Families = [typeof(ChannelEvent), typeof(ChannelCommand), typeof(ChannelState), typeof(Step)];

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        // Canonical JSON orders keys by name, so `type` does not come first.
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Name } },
    };

    private static void Name(JsonTypeInfo info)
    {
        if (!Families.Contains(info.Type))
            return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "type" };
        foreach (var member in info.Type.Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && type.IsSubclassOf(info.Type)))
            info.PolymorphismOptions.DerivedTypes.Add(new(member, JsonNamingPolicy.SnakeCaseLower.ConvertName(((MemberInfo)member).Name)));
    }
}

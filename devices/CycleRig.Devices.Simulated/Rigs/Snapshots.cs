using System.Text.Json;
using System.Text.Json.Serialization;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>Copies of states: written and read again, so that nothing is shared with the original.</summary>
internal static class Snapshots
{
    /// <summary>Without what is computed: a quantity's magnitude is a quantity again, for ever.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true, IgnoreReadOnlyProperties = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static T Copy<T>(T state) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(state, Options), Options)!;
}

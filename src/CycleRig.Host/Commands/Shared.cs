using System.CommandLine;
using CycleRig.Host.Running;

namespace CycleRig.Host.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    public static Option<string> Data() => new("--data") { Description = "Data folder of the rig.", DefaultValueFactory = _ => DataFolder.Default };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document and nothing else." };

    /// <summary>The folder that <see cref="OutputFolder"/> prepares.</summary>
    /// <param name="content">What is written there.</param>
    /// <param name="otherwise">Parent of the folder that is taken when none is given.</param>
    public static Option<string?> Out(string content, string otherwise) => new("--out") { Description = $"Folder for {content}; ./{otherwise}/N unless given." };

    public static Option<bool> Force() => new("--force") { Description = "Write over a folder that is not empty." };

    public static Option<string> Operator() => new("--operator")
    {
        Description = "Name of the person who orders.", DefaultValueFactory = _ => Environment.UserName.Length > 0 ? Environment.UserName : "operator",
    };

    public static Option<string?> Telemetry() => new("--telemetry") { Description = "Telemetry file: broker, historian, database (docs/telemetry.md); without it a broker in this process and no database." };
}

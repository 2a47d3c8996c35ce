using System.CommandLine;
using CycleRig.Host.Running;

namespace CycleRig.Host.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    public static Option<string> Data() => new("--data") { Description = "Data folder of the rig.", DefaultValueFactory = _ => DataFolder.Default };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document and nothing else." };

    public static Option<string> Operator() => new("--operator")
    {
        Description = "Name of the person who orders.", DefaultValueFactory = _ => Environment.UserName.Length > 0 ? Environment.UserName : "operator",
    };
}

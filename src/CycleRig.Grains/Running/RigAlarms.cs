using System.Text.Json.Nodes;

namespace CycleRig.Grains.Running;

/// <summary>What is wrong with the rig apart from its channels, one entry a kind; coming and going are events of the journal. Safe for several threads.</summary>
/// <param name="runtime">The rig.</param>
public sealed class RigAlarms(RigRuntime runtime)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _open = new(StringComparer.Ordinal);

    /// <summary>What is wrong now, as `kind: text`.</summary>
    public IReadOnlyList<string> Open
    {
        get
        {
            lock (_gate)
                return [.. _open.Select(entry => $"{entry.Key}: {entry.Value}")];
        }
    }

    /// <summary>Notes an alarm.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="text">What happened, where, what to do.</param>
    public void Raise(string kind, string text)
    {
        lock (_gate)
            _open[kind] = text;
        runtime.Record("rig", new JsonObject { ["type"] = "alarm_raised", ["reason"] = kind, ["detail"] = text });
    }

    /// <summary>Notes that an alarm is over.</summary>
    /// <param name="kind">What it was about.</param>
    public void Clear(string kind)
    {
        lock (_gate)
        {
            if (!_open.Remove(kind))
                return;
        }

        runtime.Record("rig", new JsonObject { ["type"] = "alarm_cleared", ["reason"] = kind });
    }
}

using System.Diagnostics;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>
/// Who may publish and read what at a broker. Everything that is not listed is denied. deploy/mosquitto/access.acl says the same to
/// mosquitto; a test holds both against one table.
/// </summary>
public static class AccessTable
{
    private const string Root = "cyclerig/v1/";
    private static readonly string[] Rows = ["samples", "spectra", "fits", "events"];

    /// <summary>Topics that a principal may publish on; `+` stands for one level.</summary>
    /// <param name="principal">Who.</param>
    public static IEnumerable<string> Publishes(Principal principal) => principal.Role switch
    {
        Role.Host => [$"{Root}{principal.Rig}/status", $"{Root}{principal.Rig}/+/status", .. Rows.Select(last => $"{Root}{principal.Rig}/+/{last}")],
        Role.Historian => [$"{Root}+/+/ack", $"{Root}+/+/resend"],
        Role.Viewer => [],
        Role.Operator or Role.Admin => [$"{Root}+/halt", $"{Root}+/+/halt"],
        _ => throw new UnreachableException($"No topics for {principal.Role}."),
    };

    /// <summary>Topics that a principal may read; `#` stands for all that follows.</summary>
    /// <param name="principal">Who.</param>
    public static IEnumerable<string> Reads(Principal principal) => principal.Role switch
    {
        Role.Host => [$"{Root}{principal.Rig}/+/ack", $"{Root}{principal.Rig}/+/resend", $"{Root}{principal.Rig}/halt", $"{Root}{principal.Rig}/+/halt"],
        Role.Historian => [.. Rows.Select(last => $"{Root}+/+/{last}")],
        Role.Viewer or Role.Operator => [$"{Root}+/status", $"{Root}+/+/status", $"{Root}+/+/events"],
        Role.Admin => ["#"],
        _ => throw new UnreachableException($"No topics for {principal.Role}."),
    };

    /// <summary>Whether a principal may publish on a topic.</summary>
    /// <param name="principal">Who.</param>
    /// <param name="topic">Topic without wildcards.</param>
    public static bool MayPublish(Principal principal, string topic) =>
        topic.Length > 0 && topic.IndexOfAny(['+', '#']) < 0 && Publishes(principal).Any(allowed => Includes(allowed, topic));

    /// <summary>Whether a principal may read everything that a filter selects.</summary>
    /// <param name="principal">Who.</param>
    /// <param name="filter">Topic filter.</param>
    public static bool MayRead(Principal principal, string filter) =>
        filter.Length > 0 && Reads(principal).Any(allowed => Includes(allowed, filter));

    /// <summary>Whether one filter selects all that another does.</summary>
    private static bool Includes(string allowed, string filter)
    {
        var (wide, narrow) = (allowed.Split('/'), filter.Split('/'));
        for (var level = 0; level < wide.Length; level++)
        {
            if (wide[level] == "#")
                return true;
            if (level >= narrow.Length || narrow[level] == "#" || (wide[level] != "+" && wide[level] != narrow[level]))
                return false;
        }

        return wide.Length == narrow.Length;
    }
}

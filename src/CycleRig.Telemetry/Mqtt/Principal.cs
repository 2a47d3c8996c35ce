namespace CycleRig.Telemetry.Mqtt;

/// <summary>Who a client of a broker is, by its user name: a role, or a role, `-` and more. Of `host-demo` the rest is the rig.</summary>
/// <param name="User">User name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Rig">Rig of a host; empty for others.</param>
public sealed record Principal(string User, Role Role, string Rig)
{
    /// <summary>The principal of a user name, or null where it is none: [a-z0-9-] and a known role at its beginning.</summary>
    /// <param name="user">Any text.</param>
    public static Principal? Of(string? user)
    {
        if (user is null || user.Length > 64 || !user.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            return null;
        var (word, rest) = user.IndexOf('-') is var cut and >= 0 ? (user[..cut], user[(cut + 1)..]) : (user, "");
        return word switch
        {
            "host" when Topics.IsName(rest) => new(user, Role.Host, rest),
            "historian" => new(user, Role.Historian, ""),
            "viewer" => new(user, Role.Viewer, ""),
            "operator" => new(user, Role.Operator, ""),
            "admin" => new(user, Role.Admin, ""),
            _ => null,
        };
    }
}

/// <summary>What a client of a broker is there for.</summary>
public enum Role
{
    /// <summary>Serves a rig: publishes its rows and status, hears halts and the historian.</summary>
    Host,

    /// <summary>Brings rows to a database.</summary>
    Historian,

    /// <summary>Reads status and events.</summary>
    Viewer,

    /// <summary>Reads as a viewer does, and may halt.</summary>
    Operator,

    /// <summary>Reads everything, and may halt.</summary>
    Admin,
}

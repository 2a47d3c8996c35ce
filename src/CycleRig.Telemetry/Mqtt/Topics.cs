namespace CycleRig.Telemetry.Mqtt;

/// <summary>The topics of CycleRig, version 1; docs/mqtt.md.</summary>
public static class Topics
{
    private const string Root = "cyclerig/v1/";
    private const int NameLengthMax = 32;

    /// <summary>Status of a rig: retained, and the last will of its host.</summary>
    public static string Status(string rig) => $"{Root}{rig}/status";

    /// <summary>Topic of a channel.</summary>
    /// <param name="rig">Name of the rig, or `+`.</param>
    /// <param name="channel">Name of the channel, or `+`.</param>
    /// <param name="last">samples, spectra, fits, events, status, ack, resend or halt.</param>
    public static string Of(string rig, string channel, string last) => $"{Root}{rig}/{channel}/{last}";

    /// <summary>Topic on which all channels of a rig are halted.</summary>
    public static string Halt(string rig) => $"{Root}{rig}/halt";

    /// <summary>Takes the topic of a channel apart; null where it is none of ours.</summary>
    /// <param name="topic">Any topic.</param>
    public static (string Rig, string Channel, string Last)? Parse(string topic)
    {
        if (!topic.StartsWith(Root, StringComparison.Ordinal))
            return null;
        var parts = topic[Root.Length..].Split('/');
        return parts.Length == 3 && IsName(parts[0]) && IsName(parts[1]) ? (parts[0], parts[1], parts[2]) : null;
    }

    /// <summary>Whether a text may be the name of a rig, channel or principal: [a-z0-9-], 1 to 32.</summary>
    /// <param name="name">The text.</param>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}

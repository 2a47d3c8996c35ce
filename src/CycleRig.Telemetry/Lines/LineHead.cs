using System.Text;

namespace CycleRig.Telemetry.Lines;

/// <summary>Measurement and tags of a point, escaped: what all points of a row share.</summary>
public static class LineHead
{
    /// <summary>Writes them.</summary>
    /// <param name="measurement">Name of the measurement.</param>
    /// <param name="tags">Tags in the order in which they are written; an empty value is left out, as the protocol asks.</param>
    /// <exception cref="ArgumentException">A name is empty, or a name or value has a control character or ends in a backslash: the protocol cannot say it.</exception>
    public static byte[] Of(string measurement, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var text = new StringBuilder();
        Escape(text, measurement, isMeasurement: true);
        foreach (var (name, value) in tags)
        {
            if (value.Length == 0)
                continue;
            text.Append(',');
            Escape(text, name, isMeasurement: false);
            text.Append('=');
            Escape(text, value, isMeasurement: false);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Escape(StringBuilder text, string name, bool isMeasurement)
    {
        if (name.Length == 0 || name.EndsWith('\\') || name.Any(char.IsControl) || (isMeasurement && name[0] == '#'))
            throw new ArgumentException($"`{name}` cannot be a name in line protocol.", nameof(name));
        foreach (var letter in name)
        {
            if (letter is ',' or ' ' || (letter == '=' && !isMeasurement))
                text.Append('\\');
            text.Append(letter);
        }
    }
}

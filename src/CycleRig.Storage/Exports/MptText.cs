using System.Globalization;
using System.Text;

namespace CycleRig.Storage.Exports;

/// <summary>
/// A text file in the layout of BioLogic exports, `.mpt`: windows-1252, CR LF, tabs, a header whose length stands in its second line. The first line names the
/// layout, by which other programs know it; the program that wrote it is named further down.
/// </summary>
internal sealed class MptText : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const int LinesBesideHeader = 3; // The layout, the count, the names.

    private readonly StreamWriter _file;

    /// <summary>Makes the file and writes all above the data.</summary>
    /// <param name="path">File to make.</param>
    /// <param name="technique">Technique in words.</param>
    /// <param name="run">The run.</param>
    /// <param name="program">Version of the program.</param>
    /// <param name="columns">Names of the columns.</param>
    public MptText(string path, string technique, ExportedRun run, string program, IReadOnlyList<string> columns)
    {
        _file = new(path, Windows1252(), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferBytes })
        {
            NewLine = "\r\n",
        };
        string[] header = ["", technique, "", .. Keys(run, program), ""];
        _file.WriteLine("EC-Lab ASCII FILE");
        _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Nb header lines : {header.Length + LinesBesideHeader}"));
        foreach (var line in header)
            _file.WriteLine(line);
        _file.WriteLine(string.Join('\t', columns));
    }

    /// <summary>Western European text; what it cannot write becomes a question mark.</summary>
    public static Encoding Windows1252() => CodePagesEncodingProvider.Instance.GetEncoding(
        1252, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;

    /// <summary>What a person typed, in one line and without tabs.</summary>
    public static string OneLine(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>Writes a row. NaN is written as such.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        Span<char> number = stackalloc char[32]; // The longest double has 24 characters.
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                _file.Write('\t');
            values[i].TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
            _file.Write(number[..length]);
        }

        _file.WriteLine();
    }

    public void Dispose() => _file.Dispose();

    private static IEnumerable<string> Keys(ExportedRun run, string program)
    {
        var started = run.Utc(run.OriginSeconds).UtcDateTime;
        yield return $"Run on channel : {OneLine(run.Entry.Channel)}";
        yield return $"User : {OneLine(run.Operator)}";
        yield return "Electrode connection : two electrodes; Ewe is the voltage of the working against the counter electrode";
        yield return string.Create(CultureInfo.InvariantCulture, $"Acquisition started on : {started:MM/dd/yyyy HH:mm:ss.fff}");
        yield return "Time zone : UTC";
        yield return $"Software : CycleRig {program}";
        yield return $"Run : {run.Entry.Run}";
        yield return $"Cell : {OneLine(run.Entry.Cell)}";
        yield return $"Sign of the current : positive is oxidation at the working electrode";
        if (run.Facts["area_cm2"] is { } area)
            yield return $"Electrode surface area : {area} cm²";
        if ((run.Facts["protocol"] as System.Text.Json.Nodes.JsonObject)?["name"] is { } protocol)
            yield return $"Comments : protocol {OneLine(protocol.ToString())}";
    }
}

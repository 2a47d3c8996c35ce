using System.Globalization;
using CycleRig.Storage.Exports;

namespace CycleRig.Host.Commands;

/// <summary>How far an export is, on standard error: one line that is written over on a terminal, and a line now and then elsewhere.</summary>
internal sealed class ExportLine : IProgress<ExportProgress>, IDisposable
{
    private const int LineWidth = 72;
    private static readonly TimeSpan PaceOfTerminal = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan PaceOfLines = TimeSpan.FromSeconds(5);

    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private long _told = TimeProvider.System.GetTimestamp();
    private bool _isShown;

    public void Report(ExportProgress value)
    {
        if (TimeProvider.System.GetElapsedTime(_told) < (_isTerminal ? PaceOfTerminal : PaceOfLines))
            return;
        _told = TimeProvider.System.GetTimestamp();
        var share = value.EndSeconds is { } end ? string.Create(CultureInfo.InvariantCulture, $" of {Hours(end)}") : "";
        var text = string.Create(CultureInfo.InvariantCulture, $"exporting: {value.Rows} rows, {Hours(value.Seconds)}{share}");
        Console.Error.Write(_isTerminal ? $"\r{text.PadRight(LineWidth)}" : $"{text}\n");
        _isShown = true;
    }

    public void Dispose()
    {
        if (_isTerminal && _isShown)
            Console.Error.Write($"\r{new string(' ', LineWidth)}\r");
        _isShown = false;
    }

    private static string Hours(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h");
}

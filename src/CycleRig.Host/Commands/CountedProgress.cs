namespace CycleRig.Host.Commands;

/// <summary>A line on standard error that counts what is done; only on a terminal.</summary>
internal sealed class CountedProgress(string what, int count) : IProgress<int>, IDisposable
{
    private const int CountMin = 4;

    private readonly Lock _lock = new();
    private readonly bool _isShown = count >= CountMin && !Console.IsErrorRedirected;
    private int _done;

    /// <summary>One more is done.</summary>
    public void Report(int value)
    {
        if (!_isShown)
            return;
        lock (_lock)
            Console.Error.Write($"\r{what}: {++_done} of {count}");
    }

    public void Dispose()
    {
        if (_isShown)
            Console.Error.Write($"\r{new string(' ', what.Length + 24)}\r");
    }
}

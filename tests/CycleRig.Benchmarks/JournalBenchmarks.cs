using BenchmarkDotNet.Attributes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;

namespace CycleRig.Benchmarks;

/// <summary>Durable appends: one flush is one synchronous transaction.</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private static readonly Guid Run = new("01930000-0000-7000-8000-000000000001");
    private readonly Sample[] _thousand = [.. Enumerable.Range(0, 1000).Select(n => new Sample(n, -1.5e-5, -0.1, 30, 5, n * -1.5e-5))];
    private string _directory = "";
    private Journal? _journal;

    [GlobalSetup]
    public void Open()
    {
        _directory = Directory.CreateTempSubdirectory("cyclerig-journal-").FullName;
        _journal = Journal.Open(_directory);
    }

    [GlobalCleanup]
    public void Close()
    {
        _journal?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>1,000 samples of one channel in one record.</summary>
    [Benchmark]
    public long ThousandSamples()
    {
        _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand));
        return _journal.Flush();
    }

    /// <summary>1,000 rows of one sample each.</summary>
    [Benchmark]
    public long ThousandRows()
    {
        for (var n = 0; n < _thousand.Length; n++)
            _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand.AsSpan(n, 1)));
        return _journal!.Flush();
    }

    /// <summary>What eight channels at 10 Hz write each second.</summary>
    [Benchmark]
    public long EightChannels()
    {
        for (var channel = 0; channel < 8; channel++)
            _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand.AsSpan(0, 10)));
        return _journal!.Flush();
    }
}

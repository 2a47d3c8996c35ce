using BenchmarkDotNet.Attributes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;

namespace CycleRig.Benchmarks;

/// <summary>Durable appends: one flush is one synchronous transaction. An operation is one row, so that Op/s are durable rows per second.</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private static readonly Guid Run = new("01930000-0000-7000-8000-000000000001");
    private const int Rows = 1000;
    private const int Channels = 8;
    private readonly Sample[] _thousand = [.. Enumerable.Range(0, Rows).Select(n => new Sample(n, -1.5e-5, -0.1, 30, 5, n * -1.5e-5))];
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

    /// <summary>One row of one sample in each flush.</summary>
    [Benchmark]
    public long OneRow()
    {
        _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand.AsSpan(0, 1)));
        return _journal.Flush();
    }

    /// <summary>One row of 1,000 samples in each flush.</summary>
    [Benchmark]
    public long ThousandSamples()
    {
        _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand));
        return _journal.Flush();
    }

    /// <summary>1,000 rows of one sample each in one flush.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public long ThousandRows()
    {
        for (var n = 0; n < Rows; n++)
            _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand.AsSpan(n, 1)));
        return _journal!.Flush();
    }

    /// <summary>What eight channels at 10 Hz write each second: eight rows of ten samples in one flush.</summary>
    [Benchmark(OperationsPerInvoke = Channels)]
    public long EightChannels()
    {
        for (var channel = 0; channel < Channels; channel++)
            _journal!.Append(JournalRecord.Samples("ch-1", Run, DateTimeOffset.UnixEpoch, _thousand.AsSpan(0, 10)));
        return _journal!.Flush();
    }
}

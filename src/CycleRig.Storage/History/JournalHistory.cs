using System.Runtime.CompilerServices;
using System.Text;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.History;

/// <summary>The history of one rig, from its journal.</summary>
/// <param name="reader">Reader of the journal; stays open as long as this is used.</param>
public sealed class JournalHistory(JournalReader reader) : IHistory
{
    private const int Page = 256;

    private static readonly RecordKind[] EventKinds = [RecordKind.RunStarted, RecordKind.Decision, RecordKind.Gap, RecordKind.RunEnded, RecordKind.Event];

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunSummary>> Runs(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<RunSummary>>(
        [.. reader.Runs().Select(run => new RunSummary(
            run.Run, run.Channel, run.Cell, reader.ReadRun(run.Run, RecordKind.RunStarted, 0, 1)[0].Record.TimeSeconds, run.EndSeconds, run.EndReason))]);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> Samples(
        Guid run, double fromSeconds, double toSeconds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows(run, RecordKind.Sample, fromSeconds, cancellation))
        {
            foreach (var sample in row.Record.DecodeSamples())
            {
                if (sample.TimeSeconds >= fromSeconds && sample.TimeSeconds <= toSeconds)
                    yield return sample;
            }

            if (row.Record.TimeSeconds > toSeconds)
                yield break;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Spectrum> Spectra(Guid run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows(run, RecordKind.Spectrum, double.NegativeInfinity, cancellation))
            yield return row.Record.DecodeSpectrum();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> Fits(Guid run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows(run, RecordKind.Fit, double.NegativeInfinity, cancellation))
            yield return Recorded(row);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> Events(Guid run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Kinds are read apart, a page of each in memory, and put into the order of the journal.
        var waiting = new PriorityQueue<IAsyncEnumerator<JournalRow>, long>();
        foreach (var kind in EventKinds)
        {
            var rows = Rows(run, kind, double.NegativeInfinity, cancellation).GetAsyncEnumerator(cancellation);
            if (await rows.MoveNextAsync())
                waiting.Enqueue(rows, rows.Current.Seq);
        }

        while (waiting.TryDequeue(out var next, out _))
        {
            yield return Recorded(next.Current);
            if (await next.MoveNextAsync())
                waiting.Enqueue(next, next.Current.Seq);
        }
    }

    private static RecordedEvent Recorded(JournalRow row) =>
        new(row.Epoch, row.Seq, row.Record.TimeSeconds, row.Record.Kind.Name(), Encoding.UTF8.GetString(row.Record.Payload.Span));

    private async IAsyncEnumerable<JournalRow> Rows(Guid run, RecordKind kind, double fromSeconds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var after = 0L; ;)
        {
            var from = after;
            var page = await Task.Run(() => reader.ReadRun(run, kind, from, Page, fromSeconds), cancellation);
            foreach (var row in page.Where(row => row.Record.Kind == kind))
                yield return row;
            if (page.Count < Page)
                yield break;
            after = page[^1].Seq;
        }
    }
}

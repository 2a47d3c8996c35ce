namespace CycleRig.Storage.Journals;

/// <summary>What a channel under current asks of the journal.</summary>
/// <param name="SamplesPerSecond">Samples that are kept, 1/s; from 0.</param>
/// <param name="SweepSeconds">From the start of one sweep to that of the next, s; infinity without sweeps.</param>
/// <param name="SweepPoints">Points of a sweep; from 0.</param>
public sealed record ChannelLoad(double SamplesPerSecond, double SweepSeconds, int SweepPoints);

/// <summary>
/// How fast a journal grows: rows of known size, and what SQLite takes for each. Fits, checkpoints and decisions are as large as those of a
/// plating run with a sweep a minute were (900, 3,500 and 815 B; 2.3 decisions a sweep).
/// </summary>
public static class JournalRate
{
    private const int SamplesPerRow = 20;
    private const int SampleBytes = 48;
    private const int PointBytes = 56;
    private const int FitBytes = 900;
    private const int CheckpointBytes = 3500;
    private const int DecisionBytes = 815;
    private const double DecisionsPerSweep = 2.3;
    private const int RowBytes = 150; // Columns beside the payload, and three indices.
    private const double PageFill = 0.8;

    /// <summary>Bytes a second of all channels together.</summary>
    public static double BytesPerSecond(IEnumerable<ChannelLoad> channels) => channels.Sum(load =>
        load.SamplesPerSecond / SamplesPerRow * Row(4 + SampleBytes * SamplesPerRow)
        + (Row(16 + PointBytes * load.SweepPoints) + Row(FitBytes) + Row(CheckpointBytes) + DecisionsPerSweep * Row(DecisionBytes)) / load.SweepSeconds);

    private static double Row(int payloadBytes) => (payloadBytes + RowBytes) / PageFill;
}

namespace CycleRig.Storage.Journals;

/// <summary>
/// Time stamps of a channel's events rise in the order of the journal: a database keeps one of two points with the same stamp, and tells
/// their order by it.
/// </summary>
public static class RisingStamp
{
    /// <summary>More than events of one instant, or clocks that were matched late, can be apart: the wall clock was set back.</summary>
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(1);

    /// <summary>The stamp of what comes next: its own, or a tick behind the newest where that is not before it.</summary>
    /// <param name="newest">Stamp of what came before.</param>
    /// <param name="utc">UTC of what comes next.</param>
    public static DateTimeOffset After(DateTimeOffset newest, DateTimeOffset utc) =>
        utc > newest || newest - utc > SetBack ? utc : newest.AddTicks(1);
}

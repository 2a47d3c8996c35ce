namespace CycleRig.Testing;

/// <summary>
/// What a piece of work allocates on its thread, to the byte. A collection in between, which another test may cause at any time, moves the
/// runtime's count by what was left of the thread's buffer: such a measurement is taken again.
/// </summary>
public static class AllocatedBytes
{
    private const int AttemptsMax = 1000;

    /// <summary>Bytes of one run that no collection fell into.</summary>
    /// <param name="work">The same work at each call.</param>
    /// <exception cref="InvalidOperationException">A collection fell into each of a thousand runs.</exception>
    public static long Of(Action work)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) == collections)
                return bytes;
        }

        throw new InvalidOperationException("A collection fell into each run; there is nothing to tell.");
    }
}

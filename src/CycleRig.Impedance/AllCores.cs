using System.Runtime.ExceptionServices;

namespace CycleRig.Impedance;

/// <summary>Work on all cores; what goes wrong in one comes out as itself.</summary>
public static class AllCores
{
    /// <summary>Does all.</summary>
    /// <param name="count">How many.</param>
    /// <param name="work">What, by number.</param>
    /// <param name="cancellation">Ends it after those at hand.</param>
    public static void Do(int count, Action<int> work, CancellationToken cancellation = default)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, work);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}

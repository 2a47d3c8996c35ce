using System.Numerics;
using System.Runtime.InteropServices;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>The changes that may have begun: one of each kind after every sweep of late, and fewer the longer ago, four to a doubling of age.</summary>
internal static class SignatureBank
{
    /// <summary>Sweeps after which a change may be judged: one alone is noise.</summary>
    private const int SweepsMin = 2;

    private static readonly int Kinds = Enum.GetValues<SignatureKind>().Length;

    /// <summary>
    /// The changes that are still looked at, a sweep older, and new ones that begin after the last sweep. Their responses are copies that may be
    /// changed until the state is given away.
    /// </summary>
    /// <param name="state">Before this sweep.</param>
    /// <param name="begins">Whether a change may begin here: something grows only under current.</param>
    /// <param name="wanderKept">Share of the wander that is left.</param>
    public static Signature[] Next(DetectorState state, bool begins, double wanderKept)
    {
        var kept = 0;
        foreach (ref readonly var signature in state.Signatures.AsSpan())
            kept += IsKept(signature, state.Sweeps) ? 1 : 0;
        var next = new Signature[kept + (begins ? Kinds : 0)];
        kept = 0;
        foreach (ref readonly var signature in state.Signatures.AsSpan())
        {
            if (!IsKept(signature, state.Sweeps))
                continue;
            var response = signature.Response.AsSpan().ToArray();
            response[CellFilter.Wander] *= wanderKept;
            next[kept++] = signature with { Sweeps = signature.Sweeps + 1, Response = ImmutableCollectionsMarshal.AsImmutableArray(response) };
        }

        for (var kind = 0; kept < next.Length; kind++, kept++)
        {
            var response = ImmutableCollectionsMarshal.AsImmutableArray(new double[CellFilter.Size]);
            next[kept] = new((SignatureKind)kind, state.Last.TimeSeconds, state.Passed, state.Last.Celsius, state.Last.LogInterface, state.Last.Megapascals, 1, response, 0, 0);
        }

        return next;
    }

    /// <summary>Takes a row of a sweep into a change.</summary>
    /// <param name="signature">The change, with a response of its own.</param>
    /// <param name="change">What a unit change adds to the row.</param>
    /// <param name="row">What of each state the row sees.</param>
    /// <param name="gain">Covariance times row.</param>
    /// <param name="innovation">Of the row.</param>
    /// <param name="variance">Of the innovation.</param>
    public static void Take(ref Signature signature, double change, ReadOnlySpan<double> row, ReadOnlySpan<double> gain, double innovation, double variance)
    {
        var response = ImmutableCollectionsMarshal.AsArray(signature.Response)!;
        for (var i = 0; i < CellFilter.Size; i++)
            change -= row[i] * response[i];
        for (var i = 0; i < CellFilter.Size; i++)
            response[i] += gain[i] / variance * change;
        signature = signature with { Match = signature.Match + (change * innovation / variance), Information = signature.Information + (change * change / variance) };
    }

    /// <summary>The most significant change of a kind whose slope is within bounds, or null.</summary>
    public static Signature? Best(ReadOnlySpan<Signature> signatures, SignatureKind kind, double slopeMin = double.NegativeInfinity, double slopeMax = double.PositiveInfinity)
    {
        Signature? best = null;
        foreach (ref readonly var signature in signatures)
        {
            if (signature.Kind == kind && signature.Sweeps >= SweepsMin && signature.Slope > slopeMin && signature.Slope < slopeMax
                && signature.Statistic > (best?.Statistic ?? double.NegativeInfinity))
                best = signature;
        }

        return best;
    }

    /// <summary>By age in doublings every first, second, fourth ... sweep stays; what is left out once never comes back.</summary>
    private static bool IsKept(in Signature signature, int sweeps)
    {
        var step = 1 << Math.Max(0, BitOperations.Log2((uint)signature.Sweeps) - 2);
        return (sweeps - signature.Sweeps) % step == 0;
    }
}

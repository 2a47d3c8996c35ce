using CycleRig.Storage.History;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CycleRig.Web;

/// <summary>What was measured and decided, as JSON: streamed, so that a long run needs no memory.</summary>
internal static class HistoryApi
{
    /// <summary>Maps the paths below `runs`.</summary>
    /// <param name="api">The group of the API, behind its token.</param>
    /// <param name="history">Where it comes from.</param>
    public static void MapHistory(this RouteGroupBuilder api, IHistory history)
    {
        api.MapGet("/runs", async (CancellationToken cancellation) => Results.Json(await history.Runs(cancellation)));
        api.MapGet("/runs/{run:guid}/samples", (Guid run, double? from, double? to, CancellationToken cancellation) => Known(
            history, run, () => history.Samples(run, from ?? double.NegativeInfinity, to ?? double.PositiveInfinity, cancellation), cancellation));
        api.MapGet("/runs/{run:guid}/spectra", (Guid run, CancellationToken cancellation) => Known(history, run, () => history.Spectra(run, cancellation), cancellation));
        api.MapGet("/runs/{run:guid}/fits", (Guid run, CancellationToken cancellation) => Known(history, run, () => history.Fits(run, cancellation), cancellation));
        api.MapGet("/runs/{run:guid}/events", (Guid run, CancellationToken cancellation) => Known(history, run, () => history.Events(run, cancellation), cancellation));
    }

    private static async Task<IResult> Known<T>(IHistory history, Guid run, Func<IAsyncEnumerable<T>> read, CancellationToken cancellation) =>
        (await history.Runs(cancellation)).Any(known => known.Run == run)
            ? Results.Json(read())
            : Results.Problem(statusCode: 404, title: $"there is no run {run}", detail: "GET /api/v1/runs lists what there is.");
}

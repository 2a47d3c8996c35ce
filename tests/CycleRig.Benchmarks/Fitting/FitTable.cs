using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CycleRig.Testing;

namespace CycleRig.Benchmarks.Fitting;

/// <summary>
/// What the fits of problem P must reach, side by side in one run: medians by the clock, taken in rounds that alternate between the
/// candidates, so that a load that comes and goes meets them all.
/// </summary>
internal static class FitTable
{
    private const int Rounds = 7;
    private const int ScriptRepetitions = 1000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures and prints.</summary>
    /// <returns>Whether all that must be reached was; what could not be measured counts as not reached.</returns>
    public static async Task<bool> PrintAsync(TextWriter output)
    {
        var candidates = new FitCandidates();
        Func<double>[] runs = [candidates.Warm, candidates.Fused, candidates.MathNet, candidates.Cold, () => candidates.Bootstrapped(), candidates.KramersKronig, candidates.Distribution, candidates.Tracked];
        foreach (var run in runs)
            Sample(run, WarmUp);
        var medians = new double[runs.Length + 1][];
        for (var i = 0; i < medians.Length; i++)
            medians[i] = new double[Rounds];
        var missing = await ReferenceScript.MissingAsync(CancellationToken.None);
        var versions = missing ?? "";
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < runs.Length; i++)
                medians[i][round] = Sample(runs[i], Round);
            (medians[^1][round], versions) = missing is null ? await SciPyAsync(candidates) : (double.NaN, missing);
        }

        double[] micro = [.. medians.Select(Median)];
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Problem P, medians: warm {micro[0]:F1} µs, fused kernel {micro[1]:F1} µs, MathNet {micro[2]:F0} µs, SciPy {micro[^1]:F0} µs ({versions}), cold {micro[3]:F0} µs"));
        Row[] rows =
        [
            Row.AtMost("warm fit, public interface, µs", 40, 15, micro[0]),
            Row.AtMost("warm fit, allocated, B", 0, 0, Allocated(candidates.Warm)),
            Row.AtMost("warm fit, times the fused kernel", 4, 2, micro[0] / micro[1]),
            Row.AtLeast("faster than MathNet, numeric Jacobian, times", 40, 100, micro[2] / micro[0]),
            Row.AtLeast("faster than SciPy, analytic Jacobian, times", 6, 15, micro[^1] / micro[0]),
            Row.AtMost("cold fit, automatic guess, µs", 150, 80, micro[3]),
            Row.AtMost("bootstrap, 1,000 refits, ms", 25, 10, micro[4] / 1000),
            Row.AtMost("Lin-KK, automatic number of elements, ms", 1, 0.3, micro[5] / 1000),
            Row.AtMost("Lin-KK, rms over the noise", 1.2, 1.2, candidates.KramersKronig()),
            Row.AtMost("DRT, λ chosen, 73 × 81, ms", 5, 1.5, micro[6] / 1000),
            Row.AtMost("bulk arc, one more point of 73, mean, µs", 5, 2, micro[7] / candidates.Problem.FrequenciesHz.Length),
            Row.AtMost("bulk arc, allocated, B", 0, 0, Allocated(candidates.Tracked)),
        ];
        await output.WriteLineAsync("| What | Must | Aim | Measured | |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        foreach (var row in rows)
            await output.WriteLineAsync(row.ToString());
        return rows.All(row => row.IsReached);
    }

    /// <summary>Median time of a run, µs, over at least five within a time.</summary>
    private static double Sample(Func<double> run, TimeSpan time)
    {
        var (times, whole) = (new List<double>(1 << 16), Stopwatch.StartNew());
        while (times.Count < 5 || whole.Elapsed < time)
        {
            var begin = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
        }

        return Median([.. times]);
    }

    private static long Allocated(Func<double> run)
    {
        // The least of a few: the runtime may still be at work on the code itself.
        const int fits = 1000;
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < fits; i++)
                run();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / fits;
        });
    }

    /// <summary>MINPACK with analytic derivatives, timed within its own process, while nothing is run here.</summary>
    private static async Task<(double Microseconds, string Versions)> SciPyAsync(FitCandidates candidates)
    {
        var problem = candidates.Problem;
        var input = JsonSerializer.Serialize(new
        {
            freq = problem.FrequenciesHz, zreal = problem.RealOhms, zimag = problem.ImaginaryOhms, noise = problem.Noise,
            start = candidates.Start, repetitions = ScriptRepetitions,
        });
        using var answer = JsonDocument.Parse(await ReferenceScript.RunAsync("time_p.py", input, TimeSpan.FromMinutes(1), CancellationToken.None));
        FitCandidates.Require("SciPy", answer.RootElement.GetProperty("chiSquare").GetDouble());
        return (answer.RootElement.GetProperty("microseconds").GetDouble(), answer.RootElement.GetProperty("versions").GetString()!);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Row(string What, string Must, string Aim, double Measured, bool IsReached, bool IsAim)
    {
        private string Verdict => IsAim ? "aim" : IsReached ? "reached" : double.IsNaN(Measured) ? "NOT MEASURED" : "MISSED";

        public static Row AtMost(string what, double must, double aim, double measured) =>
            new(what, $"≤ {must}", $"≤ {aim}", measured, measured <= must, measured <= aim);

        public static Row AtLeast(string what, double must, double aim, double measured) =>
            new(what, $"≥ {must}", $"≥ {aim}", measured, measured >= must, measured >= aim);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"| {What} | {Must} | {Aim} | {Measured:G3} | {Verdict} |");
    }
}

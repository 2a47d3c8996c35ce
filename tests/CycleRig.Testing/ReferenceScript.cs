using System.Diagnostics;

namespace CycleRig.Testing;

/// <summary>Scripts under tests/Reference, run by Debian's Python with Debian's SciPy.</summary>
public static class ReferenceScript
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Why no script can run, or null.</summary>
    public static async Task<string?> MissingAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Python))
            return $"there is no {Python}";
        var (code, _, _) = await ExecuteAsync(["-c", "import scipy"], "", TimeSpan.FromMinutes(1), cancellation);
        return code == 0 ? null : $"{Python} has no SciPy and test.sh could not install python3-scipy";
    }

    /// <summary>Runs a script; its standard output.</summary>
    /// <param name="script">Its name, such as fit_reference.py.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="limit">Time after which it is killed.</param>
    /// <param name="cancellation">Ends the wait and the script.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it wrote to standard error.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public static async Task<string> RunAsync(string script, string input, TimeSpan limit, CancellationToken cancellation, params string[] arguments)
    {
        var (code, output, error) = await ExecuteAsync([Path.Combine(SharedData.ProjectRoot(), "tests", "Reference", script), .. arguments], input, limit, cancellation);
        return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}: {error}{output}");
    }

    private static async Task<(int Code, string Output, string Error)> ExecuteAsync(string[] arguments, string input, TimeSpan limit, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Python, ["-B", .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The machine's cores are for the tests that run beside; for matrices this small more threads only cost.
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} could not be started");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(end.Token), process.StandardError.ReadToEndAsync(end.Token));
            await FeedAsync(process.StandardInput, input, end.Token);
            await process.WaitForExitAsync(end.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{string.Join(' ', arguments)} did not end within {limit.TotalSeconds:F0} s");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A script that fails stops reading; its standard error tells why.</summary>
    private static async Task FeedAsync(StreamWriter to, string input, CancellationToken cancellation)
    {
        try
        {
            await to.WriteAsync(input.AsMemory(), cancellation);
            to.Close();
        }
        catch (IOException)
        {
        }
    }
}

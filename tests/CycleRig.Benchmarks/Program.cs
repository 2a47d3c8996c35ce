using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CycleRig.Benchmarks;
using CycleRig.Benchmarks.Fitting;
using CycleRig.Benchmarks.Telemetry;

// --fit-table: only the table of what the fits must reach; ends with 1 where one is missed.
const string table = "--fit-table";
if (args.Contains(table))
    return await FitTable.PrintAsync(Console.Out) ? 0 : 1;

// --verdict-table: only the time from the last point of a sweep to the verdict, and the size of the detector's state.
if (args.Contains("--verdict-table"))
    return VerdictTable.Print(Console.Out) ? 0 : 1;

// --telemetry-table: only what telemetry must reach, with mosquitto and influxd started for it; ends with 1 where something is missed.
if (args.Contains("--telemetry-table"))
    return await TelemetryTable.PrintAsync(Console.Out) ? 0 : 1;

// --short: few iterations of each, in this process, so that all finish within about three minutes; three iterations would leave errors
// as large as the means. Other arguments are BenchmarkDotNet's.
const string quick = "--short";
string[] rest = [.. args.Where(argument => argument != quick)];
var job = args.Contains(quick) ? Job.ShortRun.WithIterationCount(8).WithToolchain(InProcessEmitToolchain.Instance) : Job.Default;
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    rest.Length == 0 ? ["--filter", "*"] : rest,
    DefaultConfig.Instance.AddJob(job).AddColumn(StatisticColumn.OperationsPerSecond));

// Where fits were measured, the table follows: it has SciPy in it, too.
if (summaries.Any(summary => summary.BenchmarksCases.Any(measured => measured.Descriptor.Type == typeof(FitBenchmarks))))
    await FitTable.PrintAsync(Console.Out);
return 0;

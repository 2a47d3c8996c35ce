using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// --short: few iterations of each, in this process, so that all finish within about three minutes; three iterations would leave errors
// as large as the means. Other arguments are BenchmarkDotNet's.
const string quick = "--short";
string[] rest = [.. args.Where(argument => argument != quick)];
var job = args.Contains(quick) ? Job.ShortRun.WithIterationCount(8).WithToolchain(InProcessEmitToolchain.Instance) : Job.Default;
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    rest.Length == 0 ? ["--filter", "*"] : rest,
    DefaultConfig.Instance.AddJob(job).AddColumn(StatisticColumn.OperationsPerSecond));

using CycleRig.Storage.Exports;

namespace CycleRig.Storage.Tests.Exports;

/// <summary>Calls at once: <see cref="Progress{T}"/> would post.</summary>
internal sealed class ProgressAtOnce(Action<ExportProgress> told) : IProgress<ExportProgress>
{
    public void Report(ExportProgress value) => told(value);
}

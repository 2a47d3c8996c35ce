namespace CycleRig.Storage.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cyclerig-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

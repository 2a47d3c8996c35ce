namespace CycleRig.Host.Commands;

/// <summary>Exit codes that scripts rely on.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Usage = 1;
    public const int BadData = 2;
    public const int CellHalted = 3;
    public const int NotReachable = 4;
    public const int Device = 5;
    public const int Interrupted = 130;
}

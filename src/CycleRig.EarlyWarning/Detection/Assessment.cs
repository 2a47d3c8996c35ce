using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>A verdict.</summary>
/// <param name="Next">State after it.</param>
/// <param name="Level">Verdict.</param>
/// <param name="Valid">Whether it rests on a usable spectrum.</param>
/// <param name="Reason">Reason of a halt; completed otherwise.</param>
/// <param name="Detail">In words.</param>
/// <param name="Evidence">What it rested on, or null without a usable spectrum.</param>
public sealed record Assessment(
    DetectorState Next, WarningLevel Level, bool Valid, Reason Reason, string Detail, Evidence? Evidence);

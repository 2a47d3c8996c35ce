namespace CycleRig.Core.Scenarios;

/// <summary>When something happens, for how long and how strongly; drawn.</summary>
/// <param name="Name">What happens, as written in files.</param>
/// <param name="At">Begin, s of rig time.</param>
/// <param name="For">Duration, s.</param>
/// <param name="Size">Size in SI, or bare.</param>
/// <param name="Cell">Of a press's collapse: which cell, from 0.</param>
/// <param name="Chance">Chance that it happens at all.</param>
public sealed record HappeningLaw(string Name, Distribution At, Distribution For, Distribution Size, int Cell, double Chance);

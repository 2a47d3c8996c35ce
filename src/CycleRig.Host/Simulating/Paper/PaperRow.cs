namespace CycleRig.Host.Simulating.Paper;

/// <summary>A row of the reference experiment: what the paper has, and what the simulator gives back.</summary>
/// <param name="Id">A1 to A13.</param>
/// <param name="Quantity">What.</param>
/// <param name="Published">The paper's value, with its place.</param>
/// <param name="Ours">Ours, with its spread.</param>
/// <param name="Tolerance">What passes.</param>
/// <param name="Pass">Whether it does; null where nothing was published.</param>
/// <param name="Inference">Whether the published side is derived or inferred instead of stated.</param>
internal sealed record PaperRow(string Id, string Quantity, string Published, string Ours, string Tolerance, bool? Pass, bool Inference = false);

using CycleRig.Reports.Fits;

namespace CycleRig.Host.Fits;

/// <summary>What a call of `fit` asks for.</summary>
/// <param name="Files">Paths as given.</param>
/// <param name="Plan">What is done with each spectrum.</param>
/// <param name="Series">Whether the spectra, in the order given, are one series.</param>
/// <param name="Output">Folder as given; null for ./fit, which may be written over.</param>
/// <param name="Force">Whether a folder that is not empty is emptied.</param>
/// <param name="Json">Whether standard output is one JSON document.</param>
internal sealed record FitRequest(IReadOnlyList<string> Files, AnalysisPlan Plan, bool Series, string? Output, bool Force, bool Json);

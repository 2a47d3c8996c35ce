using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>A protocol with its analysis.</summary>
/// <param name="Name">As the protocol file and cell.json write it.</param>
/// <param name="Measured">What is measured.</param>
/// <param name="Result">What comes out.</param>
/// <param name="File">Protocol file, from the project's folder.</param>
/// <param name="Rig">A rig file that it runs on.</param>
/// <param name="Duration">How long it usually takes.</param>
/// <param name="Together">Whether several recordings make one report; otherwise each makes its own.</param>
/// <param name="Analyse">Evaluates recordings, one unless <paramref name="Together"/>. Throws <see cref="ReportException"/> where they do not hold what is needed.</param>
public sealed record ProtocolDescription(
    string Name,
    string Measured,
    string Result,
    string File,
    string Rig,
    string Duration,
    bool Together,
    Func<IReadOnlyList<Recording>, ProtocolReport> Analyse);

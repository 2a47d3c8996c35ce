using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Recordings;

/// <summary>A recording as read: current positive for oxidation, times in order.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Cell">What was measured.</param>
/// <param name="Samples">Strictly increasing in time; values may be NaN where the file says nothing.</param>
/// <param name="Spectra">By start; points by time, finite in frequency and impedance.</param>
/// <param name="Remarks">What the reader had to put right, one per kind of flaw, with the first place.</param>
public sealed record Recording(
    string Name,
    CellFacts Cell,
    IReadOnlyList<Sample> Samples,
    IReadOnlyList<Spectrum> Spectra,
    ImmutableArray<string> Remarks);

/// <summary>A folder that is no readable recording; the message begins with file and line.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);

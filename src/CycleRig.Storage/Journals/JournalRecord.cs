using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Journals;

/// <summary>What a channel hands to the journal.</summary>
/// <param name="Channel">Channel, or the name under which the rig itself writes.</param>
/// <param name="Run">Run it belongs to, or null.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Version">Version of the payload's layout, from 1.</param>
/// <param name="TimeSeconds">Time on the run's clock, s, finite; of a batch of samples or a sweep the last one's.</param>
/// <param name="Utc">Wall clock, for display only: order is by sequence number.</param>
/// <param name="Payload">Columns of doubles (samples, spectra) or canonical JSON (the rest).</param>
public sealed record JournalRecord(
    string Channel,
    Guid? Run,
    RecordKind Kind,
    int Version,
    double TimeSeconds,
    DateTimeOffset Utc,
    ReadOnlyMemory<byte> Payload)
{
    /// <summary>A batch of samples of one run.</summary>
    /// <exception cref="ArgumentException">No samples.</exception>
    public static JournalRecord Samples(string channel, Guid run, DateTimeOffset utc, ReadOnlySpan<Sample> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("A batch of samples holds at least one.", nameof(samples));
        return new(channel, run, RecordKind.Sample, SampleColumns.Version, samples[^1].TimeSeconds, utc, SampleColumns.Encode(samples));
    }

    public static JournalRecord OfSpectrum(string channel, Guid run, DateTimeOffset utc, Spectrum spectrum) =>
        new(channel, run, RecordKind.Spectrum, SpectrumColumns.Version, spectrum.EndSeconds, utc, SpectrumColumns.Encode(spectrum));

    /// <summary>Anything else, as canonical JSON. A stable `type` key inside tells readers what it is.</summary>
    public static JournalRecord Json<T>(RecordKind kind, string channel, Guid? run, double timeSeconds, DateTimeOffset utc, T value) =>
        new(channel, run, kind, 1, timeSeconds, utc, CanonicalJson.Bytes(value));

    /// <summary>Opens a run in the journal.</summary>
    /// <param name="channel">Channel of the run.</param>
    /// <param name="run">UUIDv7 of the run.</param>
    /// <param name="timeSeconds">Rig time at the start, s: zero of the run in recordings.</param>
    /// <param name="utc">UTC of the same instant.</param>
    /// <param name="cell">Id of the cell.</param>
    /// <param name="facts">What `cell.json` of a recording of this run says.</param>
    public static JournalRecord RunStarted(string channel, Guid run, double timeSeconds, DateTimeOffset utc, string cell, JsonObject? facts = null) =>
        Json(RecordKind.RunStarted, channel, run, timeSeconds, utc, new JsonObject { ["cell"] = cell, ["facts"] = facts?.DeepClone() });

    /// <summary>Closes a run, with its reason from the closed list of end reasons.</summary>
    public static JournalRecord RunEnded(string channel, Guid run, double timeSeconds, DateTimeOffset utc, string reason) =>
        Json(RecordKind.RunEnded, channel, run, timeSeconds, utc, new JsonObject { ["reason"] = reason });

    /// <summary>Samples of a record of kind sample.</summary>
    /// <exception cref="FormatException">The payload is no batch of samples.</exception>
    public Sample[] DecodeSamples() => SampleColumns.Decode(Expect(RecordKind.Sample, SampleColumns.Version).Span);

    /// <summary>Sweep of a record of kind spectrum.</summary>
    /// <exception cref="FormatException">The payload is no spectrum.</exception>
    public Spectrum DecodeSpectrum() => SpectrumColumns.Decode(Expect(RecordKind.Spectrum, SpectrumColumns.Version).Span);

    /// <summary>Payload as a JSON object.</summary>
    /// <exception cref="FormatException">The payload is no JSON object.</exception>
    public JsonObject DecodeJson()
    {
        try
        {
            return JsonNode.Parse(Payload.Span) as JsonObject ?? throw new FormatException($"The {Kind.Name()} record is no JSON object.");
        }
        catch (JsonException unreadable)
        {
            throw new FormatException($"The {Kind.Name()} record is no JSON: {unreadable.Message}", unreadable);
        }
    }

    private ReadOnlyMemory<byte> Expect(RecordKind kind, int newest) => Kind != kind
        ? throw new FormatException($"The record is a {Kind.Name()}, not a {kind.Name()}.")
        : Version > newest || Version < 1
            ? throw new FormatException($"The {kind.Name()} record has layout {Version}; this build reads up to {newest}.")
            : Payload;
}

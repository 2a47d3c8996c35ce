using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// What the neighbours of a cell in its chamber say of its temperature beyond its own thermometer: the common mode. Metal only lowers R_bulk and
/// grows only under current, so that the chamber has warmed by no more than the neighbours say that show least.
/// </summary>
public sealed record ChamberMode
{
    public static ChamberMode None { get; } = new();

    /// <summary>Neighbours that are looked at; a chamber holds fewer.</summary>
    private const int MembersMax = 32;

    /// <summary>What a neighbour said longer ago counts for nothing, s.</summary>
    private const double StaleSeconds = 900;

    private const int SweepsMin = 3;

    /// <summary>Sweeps of the cell itself between which its thermometer is known, and how far it may bend between two, K.</summary>
    private const int TrackLength = 6;
    private const double BendMax = 0.05;

    /// <summary>How fast the chamber may go on unseen when no neighbour is left: standard deviation after an hour, K.</summary>
    private const double UnseenPerRootHour = 0.1;

    /// <summary>What is known so well, K, replaces a thermometer that is dead.</summary>
    private const double KnownSd = 0.08;

    /// <summary>The chamber above the cell's thermometer since the first neighbour was heard, K.</summary>
    public double Kelvins { get; init; }

    /// <summary>Standard deviation of what the neighbours say, K.</summary>
    public double SaidSd { get; init; }

    /// <summary>Since when the neighbours could have stood for the cell's thermometer, s; the greatest number where they can not.</summary>
    public double KnownSinceSeconds { get; init; } = double.MaxValue;

    /// <summary>Whether the neighbours can stand for the cell's thermometer.</summary>
    [JsonIgnore]
    public bool IsKnown => KnownSinceSeconds < double.MaxValue;

    /// <summary>Variance that the chamber may have gained unseen since the sweep before, K²: no neighbour was left.</summary>
    public double UnseenVariance { get; init; }

    /// <summary>The neighbours, in the order of their names.</summary>
    public ImmutableArray<ChamberModeMember> Members { get; init; } = [];

    /// <summary>The cell's own thermometer of late, lagged.</summary>
    public ImmutableArray<ThermometerPoint> Track { get; init; } = [];

    /// <summary>What the neighbours say by the time of a sweep.</summary>
    /// <param name="last">By the sweep before.</param>
    /// <param name="neighbours">What each neighbour said last, at most one of each, in any order.</param>
    /// <param name="seconds">Time of the sweep, s.</param>
    /// <param name="laggedCelsius">The cell's own thermometer, <see cref="ThermalLag.Seconds"/> behind, °C.</param>
    public static ChamberMode Next(ChamberMode last, ImmutableArray<NeighbourTemperature> neighbours, double seconds, double laggedCelsius)
    {
        var track = Followed(last.Track, seconds, laggedCelsius);
        var heard = neighbours.Where(said => said.Sweeps >= SweepsMin && seconds - said.TimeSeconds < StaleSeconds)
            .DistinctBy(said => said.Source).OrderBy(said => said.Source, StringComparer.Ordinal).Take(MembersMax).ToList();
        var known = last.Members.ToDictionary(member => (member.Said.Source, member.Said.Epoch));
        var staying = heard.Where(said => known.ContainsKey((said.Source, said.Epoch))).Select(said => known[(said.Source, said.Epoch)]).ToList();
        var before = NeighbourVote.Of(last.Members);
        var (zero, zeroVariance) = (last.IsKnown ? before.Median : last.Kelvins, last.Kelvins == 0 ? 0 : before.Sd * before.Sd);
        // Who leaves must not move the others' mean.
        var shift = staying.Count is > 0 && staying.Count < last.Members.Length ? before.Median - NeighbourVote.Of([.. staying]).Median : 0;
        var members = ImmutableArray.CreateBuilder<ChamberModeMember>(heard.Count);
        foreach (var said in heard)
        {
            var isMember = known.TryGetValue((said.Source, said.Epoch), out var member);
            if (isMember)
                member = member with { Offset = member.Offset + shift, Value = member.Value + shift };
            if (isMember && said.TimeSeconds <= member.Said.TimeSeconds)
                members.Add(member);
            else if (OwnAt(track, said.TimeSeconds) is { } own && said.Kelvins + said.LaggedCelsius - own is var value)
                members.Add(isMember ? member with { Said = said, Value = value + member.Offset } : new(said, zero - value, zeroVariance, zero));
            else if (isMember)
                members.Add(member);
        }

        if (members.Count == 0)
        {
            var hours = last.Track.IsEmpty ? 0 : Math.Max(0, seconds - last.Track[^1].Seconds) / 3600;
            return new() { Kelvins = last.Kelvins, UnseenVariance = last.Kelvins == 0 ? 0 : UnseenPerRootHour * UnseenPerRootHour * hours, Track = track };
        }

        var vote = NeighbourVote.Of(members.ToImmutable());
        var kelvins = vote.Follow(last.Kelvins);
        var isKnown = vote.Confirms(kelvins) && vote.Sd < KnownSd;
        return new()
        {
            Kelvins = kelvins, SaidSd = vote.Sd, KnownSinceSeconds = !isKnown ? double.MaxValue : last.IsKnown ? last.KnownSinceSeconds : seconds,
            Members = members.ToImmutable(), Track = track,
        };
    }

    private static ImmutableArray<ThermometerPoint> Followed(ImmutableArray<ThermometerPoint> track, double seconds, double celsius)
    {
        if (!track.IsEmpty && track[^1].Seconds >= seconds)
            track = [];
        return [.. track.Skip(Math.Max(0, track.Length - TrackLength + 1)), new(seconds, celsius)];
    }

    /// <summary>The cell's own thermometer at another time, or null where it is not known: it may have bent between two sweeps.</summary>
    private static double? OwnAt(ImmutableArray<ThermometerPoint> track, double seconds)
    {
        for (var i = 1; i < track.Length; i++)
        {
            var (before, after) = (track[i - 1], track[i]);
            if (seconds < before.Seconds || seconds > after.Seconds)
                continue;
            var share = (seconds - before.Seconds) / (after.Seconds - before.Seconds);
            var slope = (after.Celsius - before.Celsius) / (after.Seconds - before.Seconds);
            var earlier = i > 1 ? (before.Celsius - track[i - 2].Celsius) / (before.Seconds - track[i - 2].Seconds) : slope;
            var bend = (slope - earlier) * (after.Seconds - before.Seconds) * share * (1 - share) / 2;
            return Math.Abs(bend) < BendMax ? before.Celsius + (share * (after.Celsius - before.Celsius)) : null;
        }

        return null;
    }
}

using System.Collections.Immutable;

namespace CycleRig.Contracts;

/// <summary>Answer to an order.</summary>
/// <param name="Accepted">Whether it was carried out.</param>
/// <param name="Why">Why not, or "".</param>
/// <param name="View">The channel after it.</param>
[GenerateSerializer, Immutable]
public sealed record OrderAnswer(bool Accepted, string Why, ChannelView View);

/// <summary>A channel as a person may see it.</summary>
[GenerateSerializer, Immutable]
public sealed record ChannelView
{
    [Id(0)]
    public required string Channel { get; init; }

    [Id(1)]
    public required string Cell { get; init; }

    /// <summary>idle, settling, running, paused, halted, completed.</summary>
    [Id(2)]
    public required string State { get; init; }

    /// <summary>Id of the open or last run, or null.</summary>
    [Id(3)]
    public Guid? Run { get; init; }

    /// <summary>Label of the present step, or "".</summary>
    [Id(4)]
    public string Step { get; init; } = "";

    /// <summary>Causes of a halt, first-out first, as `reason: detail`.</summary>
    [Id(5)]
    public ImmutableArray<string> Causes { get; init; } = [];

    /// <summary>Reasons of the causes: what an acknowledge names.</summary>
    [Id(6)]
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What start and resume cite.</summary>
    [Id(7)]
    public long StopNumber { get; init; }

    /// <summary>What resume and skip cite.</summary>
    [Id(8)]
    public long Version { get; init; }

    /// <summary>healthy, watch, warning, halt.</summary>
    [Id(9)]
    public string Level { get; init; } = "healthy";

    /// <summary>V; null before the first sample, as all that follow.</summary>
    [Id(10)]
    public double? Volts { get; init; }

    [Id(11)]
    public double? Amperes { get; init; }

    [Id(12)]
    public double? Celsius { get; init; }

    [Id(13)]
    public double? Megapascals { get; init; }

    /// <summary>Throughput of the run, C: measured.</summary>
    [Id(14)]
    public double Coulombs { get; init; }

    /// <summary>Throughput of the run, C: upper bound.</summary>
    [Id(15)]
    public double CoulombsUpperBound { get; init; }

    /// <summary>Newest fit, Ω.</summary>
    [Id(16)]
    public double? BulkOhms { get; init; }

    [Id(17)]
    public double? InterfaceOhms { get; init; }

    /// <summary>Whether the session confirmed the cell off.</summary>
    [Id(19)]
    public bool CellIsOff { get; init; }

    /// <summary>Instrument time of the newest sample, s; null before the first.</summary>
    [Id(20)]
    public double? SampleSeconds { get; init; }

    /// <summary>Sweeps at rest that follow a halt, in words, or "".</summary>
    [Id(21)]
    public string Probe { get; init; } = "";

    /// <summary>Newest verdict in words.</summary>
    [Id(18)]
    public string Verdict { get; init; } = "";
}

/// <summary>The newest reading of a chamber (°C) or a press (MPa).</summary>
/// <param name="Value">°C or MPa.</param>
/// <param name="SetPoint">°C or MPa.</param>
/// <param name="Within">Whether it is within the limits of the rig file.</param>
/// <param name="Held">Whether it gives its permit.</param>
/// <param name="Tripped">Why it has tripped, or null.</param>
[GenerateSerializer, Immutable]
public sealed record ConditionReading(double Value, double SetPoint, bool Within, bool Held, string? Tripped);

/// <summary>What a channel wants of a chamber (°C) or a press (MPa).</summary>
[GenerateSerializer, Immutable]
public sealed record WantedTarget(string Channel, double Target);

/// <summary>A chamber (°C) or a press (MPa) as a person may see it.</summary>
[GenerateSerializer, Immutable]
public sealed record ConditionView(string Name, double Value, double SetPoint, bool Held, string? Tripped, ImmutableArray<WantedTarget> Wanted);

/// <summary>A rig as a person may see it.</summary>
[GenerateSerializer, Immutable]
public sealed record RigView(string Rig, ImmutableArray<ChannelView> Channels, ImmutableArray<ConditionView> Conditions)
{
    /// <summary>What is wrong apart from the channels, as `kind: text`.</summary>
    [Id(3)]
    public ImmutableArray<string> Alarms { get; init; } = [];
}

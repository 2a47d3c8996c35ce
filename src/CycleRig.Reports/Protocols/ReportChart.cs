using System.Collections.Immutable;

namespace CycleRig.Reports.Protocols;

/// <summary>One panel of a report's figure, as data.</summary>
/// <param name="X">Name and unit of the horizontal axis.</param>
/// <param name="Y">Name and unit of the vertical axis.</param>
/// <param name="Series">What is drawn; one colour each.</param>
public sealed record ReportChart(string X, string Y, ImmutableArray<ChartSeries> Series)
{
    /// <summary>Places on the horizontal axis where something happened.</summary>
    public ImmutableArray<ChartMark> Marks { get; init; } = [];

    /// <summary>Whether the horizontal axis is logarithmic; all x are above 0 then.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; all y are above 0 then.</summary>
    public bool LogY { get; init; }
}

/// <summary>A place on the horizontal axis, drawn as a dashed line.</summary>
/// <param name="X">Where.</param>
/// <param name="Text">What happened there.</param>
public sealed record ChartMark(double X, string Text);

/// <summary>Data of one kind in a panel.</summary>
/// <param name="Name">For the legend; "" to leave it out.</param>
/// <param name="X">N places.</param>
/// <param name="Y">N values.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record ChartSeries(string Name, ImmutableArray<double> X, ImmutableArray<double> Y, ChartStyle Style)
{
    /// <summary>N lower ends of 95 % intervals; empty without.</summary>
    public ImmutableArray<double> Low { get; init; } = [];

    /// <summary>N upper ends; empty without.</summary>
    public ImmutableArray<double> High { get; init; } = [];
}

/// <summary>How a series is drawn.</summary>
public enum ChartStyle
{
    /// <summary>Markers: measured values that need not hang together.</summary>
    Points,

    /// <summary>A line: a law, or many samples.</summary>
    Line,

    /// <summary>Markers joined by a thin line: values in their order.</summary>
    Both,

    /// <summary>Steps that rise at their places: shares of cells.</summary>
    Steps,
}

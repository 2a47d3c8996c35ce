using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// A cell as a thermometer of its chamber, for its neighbours: the cell's filter with one more state, by how much it is warmer than its thermometer
/// tells since a reference. R_bulk alone moves that state; what R_int says is kept beside it, so that metal, which takes only R_bulk, can be told.
/// </summary>
public sealed record CellThermometer
{
    /// <summary>The chamber above the thermometer, K. R_int has no row in this filter, so that its place is free.</summary>
    private const int Chamber = CellFilter.Interface;

    /// <summary>How fast a chamber may leave its thermometer: standard deviation after an hour, K.</summary>
    private const double KelvinsPerRootHour = 0.4;

    /// <summary>What is known no better, K, or surprises by so many standard deviations, begins anew.</summary>
    private const double SdMax = 0.25;
    private const double SurpriseSigmas = 6;

    private const double InterfaceUnknown = 1e3;

    /// <summary>A pause of a program is not yet rest, s.</summary>
    private const double RestSeconds = 1800;

    /// <summary>A thermometer that stood still for so many sweeps was dead.</summary>
    private const int StandingMin = 3;

    /// <summary>References so far.</summary>
    public int Epoch { get; init; }

    /// <summary>Sweeps since the reference.</summary>
    public int Sweeps { get; init; }

    /// <summary>Sweeps in a row in which the thermometer stood still.</summary>
    public int Standing { get; init; }

    /// <summary>Whether no current has flowed since the reference.</summary>
    public bool IsResting { get; init; }

    /// <summary>Last sweep under current, or the reference, s.</summary>
    public double CurrentSeconds { get; init; }

    /// <summary>What the sweep of the reference and the newest one were measured at.</summary>
    public SweepConditions First { get; init; }

    public SweepConditions Last { get; init; }

    /// <summary>Mean and covariance of the filter's state.</summary>
    public ImmutableArray<double> Mean { get; init; } = [];

    public ImmutableArray<double> Covariance { get; init; } = [];

    /// <summary>Variance that ln R_int has gathered since the reference by what it does by itself.</summary>
    public double InterfaceVariance { get; init; }

    /// <summary>Standard deviation of what R_bulk says, K.</summary>
    private double Sd => Math.Sqrt(Math.Max(0, Covariance[(Chamber * CellFilter.Size) + Chamber]));

    /// <summary>What the neighbours are told.</summary>
    /// <param name="source">Name of the channel or recording.</param>
    /// <param name="settings">Settings of the cell.</param>
    public NeighbourTemperature Said(string source, DetectorSettings settings)
    {
        var perKelvin = ResistanceTemperature.InterfaceFallPerKelvin(Last.LaggedCelsius, settings.InterfaceActivationElectronVolts);
        var noise = (First.InterfaceSd * First.InterfaceSd) + (Last.InterfaceSd * Last.InterfaceSd) + InterfaceVariance;
        return new(
            source, Epoch, Sweeps, IsResting, Last.TimeSeconds, Last.LaggedCelsius, Mean[Chamber], Sd, (First.LogInterface - Last.LogInterface) / perKelvin, Math.Sqrt(noise) / perKelvin);
    }

    /// <summary>Takes a sweep.</summary>
    /// <param name="last">Before it; null before the first.</param>
    /// <param name="cell">What the detector remembers of the cell before this sweep.</param>
    /// <param name="reading">A reading whose numbers are numbers.</param>
    /// <param name="settings">Settings of the cell.</param>
    public static CellThermometer Next(CellThermometer? last, DetectorState cell, CellReading reading, DetectorSettings settings)
    {
        var isResting = reading.CurrentAmperes == 0;
        var conditions = FilterStep.Conditions(last?.Last, reading, settings);
        var hasRested = isResting && last is { IsResting: false } && reading.TimeSeconds - last.CurrentSeconds > RestSeconds;
        if (last is null || hasRested || (last.IsResting && !isResting) || reading.TimeSeconds <= last.Last.TimeSeconds || last.Sd > SdMax)
            return Begun(last?.Epoch ?? 0, isResting && (last is null or { IsResting: true } || hasRested), cell, reading, conditions, settings);
        cell = cell with { Last = last.Last };
        Span<double> room = stackalloc double[2 * CellFilter.Size];
        Span<double> gain = stackalloc double[CellFilter.Size];
        var rows = Rows(cell, reading, conditions, last.First, settings, room);
        var (mean, covariance) = (last.Mean.AsSpan().ToArray(), last.Covariance.AsSpan().ToArray());
        var seconds = conditions.TimeSeconds - last.Last.TimeSeconds;
        var hours = seconds / 3600;
        covariance[(CellFilter.Wander * CellFilter.Size) + CellFilter.Wander] += LevelChange.WanderVariance(cell, conditions);
        // A thermometer that moves again after it stood still shows at once what it had not shown.
        var kelvins = conditions.Celsius - last.Last.Celsius;
        var revived = last.Standing >= StandingMin ? kelvins * kelvins : 0;
        CellFilter.Pass(mean, covariance, seconds, revived + (KelvinsPerRootHour * KelvinsPerRootHour * hours), LevelChange.ContactVariance(cell, reading, conditions), settings);
        var (expected, variance) = CellFilter.Expect(mean, covariance, rows.Bulk, gain);
        var innovation = rows.BulkValue - expected;
        if (innovation * innovation > SurpriseSigmas * SurpriseSigmas * variance)
            return Begun(last.Epoch, last.IsResting, cell, reading, conditions, settings);
        CellFilter.Take(mean, covariance, gain, innovation, variance);
        return last with
        {
            CurrentSeconds = isResting ? last.CurrentSeconds : reading.TimeSeconds, Sweeps = last.Sweeps + 1, Standing = ReadingCheck.IsStanding(kelvins) ? last.Standing + 1 : 0, Last = conditions, Mean = ImmutableCollectionsMarshal.AsImmutableArray(mean), Covariance = ImmutableCollectionsMarshal.AsImmutableArray(covariance),
            InterfaceVariance = last.InterfaceVariance + Moved(last.Last, conditions) + (CellFilter.InterfacePerRootHour * CellFilter.InterfacePerRootHour * hours),
        };
    }

    private static CellThermometer Begun(int epoch, bool isResting, DetectorState cell, CellReading reading, in SweepConditions conditions, DetectorSettings settings)
    {
        var (mean, covariance) = (new double[CellFilter.Size], new double[CellFilter.Size * CellFilter.Size]);
        CellFilter.Begin(covariance, settings);
        covariance[(Chamber * CellFilter.Size) + Chamber] = 0;
        Span<double> room = stackalloc double[2 * CellFilter.Size];
        Span<double> gain = stackalloc double[CellFilter.Size];
        var rows = Rows(cell with { Last = conditions }, reading, conditions, conditions, settings, room);
        mean[CellFilter.Level] = rows.LogBulk;
        var (expected, variance) = CellFilter.Expect(mean, covariance, rows.Bulk, gain);
        CellFilter.Take(mean, covariance, gain, rows.BulkValue - expected, variance);
        return new()
        {
            Epoch = epoch + 1, Sweeps = 1, CurrentSeconds = reading.TimeSeconds, IsResting = isResting, First = conditions, Last = conditions,
            Mean = ImmutableCollectionsMarshal.AsImmutableArray(mean), Covariance = ImmutableCollectionsMarshal.AsImmutableArray(covariance),
        };
    }

    /// <summary>By what ln R_int moved from one sweep to the next beyond its noise, squared.</summary>
    private static double Moved(in SweepConditions before, in SweepConditions after)
    {
        var change = after.LogInterface - before.LogInterface;
        return Math.Max(0, (change * change) - (before.InterfaceSd * before.InterfaceSd) - (after.InterfaceSd * after.InterfaceSd));
    }

    /// <summary>The row of R_bulk, by itself, with the chamber where the wander is.</summary>
    private static SweepRows Rows(DetectorState cell, CellReading reading, in SweepConditions conditions, in SweepConditions first, DetectorSettings settings, Span<double> room)
    {
        var bulk = reading with { InterfaceRelativeSd = InterfaceUnknown, Correlation = 0 };
        var rows = new SweepRows(bulk, conditions, first, cell.Scatter, reading.BulkOnly ? LevelChange.UnseenContact(cell, conditions) : 0, 0, [], settings, room);
        room[CellFilter.Size + Chamber] = room[CellFilter.Size + CellFilter.Wander];
        return rows;
    }
}

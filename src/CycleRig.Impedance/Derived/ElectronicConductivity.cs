using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Quantities;

namespace CycleRig.Impedance.Derived;

/// <summary>
/// Electronic conductivity of a pellet on blocking electrodes: after a potential step the ions stop and what flows on is electrons,
/// σ_e = I L/(V A) (Wagner's polarisation). Says whether the current is steady; a current that still falls is extrapolated.
/// </summary>
public sealed record ElectronicConductivity
{
    /// <summary>Fewest samples.</summary>
    public const int SamplesMin = 30;

    /// <summary>Share of the time that is the last part, whose mean and slope are judged.</summary>
    private const double LastShare = 1.0 / 3;

    /// <summary>Share of the time at the start that is not fitted: charging and fast processes have other laws.</summary>
    private const double SkippedShare = 1.0 / 3;

    /// <summary>A steady current moves by no more than this share over the last part, and to where it goes from there.</summary>
    private const double SteadyWithin = 0.05;

    /// <summary>Samples this many robust standard deviations off the line of the last part are left out.</summary>
    private const double OutlierDeviations = 5;

    private const double SecondsPerHour = 3600;

    public required SteadyVerdict Verdict { get; init; }

    /// <summary>The steady current: mean of the last part when steady (or hidden by noise), extrapolated when it still moves; signed like the samples.</summary>
    public required Current SteadyCurrent { get; init; }

    /// <summary>Mean of the last part without outliers.</summary>
    public required Current LastCurrent { get; init; }

    /// <summary>σ_e of the steady current. Below the floor: of the floor, an upper bound.</summary>
    public required Conductivity Value { get; init; }

    /// <summary>Lower end of the 95 % interval, with the pellet's dimensions; 0 below the floor.</summary>
    public required Conductivity Low { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    public required Conductivity High { get; init; }

    /// <summary>Slope of the last part, % of its mean per hour; negative: the current falls.</summary>
    public required double DriftPercentPerHour { get; init; }

    /// <summary>Half-width of the drift's 95 % interval, % per hour.</summary>
    public required double DriftHalfWidthPercentPerHour { get; init; }

    /// <summary>What the instrument can tell from zero, as given.</summary>
    public required Current Floor { get; init; }

    /// <summary>f in σ = f I L/(V A), or null where spreading was not corrected.</summary>
    public required double? SpreadingFactor { get; init; }

    /// <summary>Evaluates a transient.</summary>
    /// <param name="timesSeconds">N times since the step, rising, above 0.</param>
    /// <param name="currentsAmperes">N currents, of the step's sign once they are steady.</param>
    /// <param name="step">The potential step, not 0.</param>
    /// <param name="pellet">Dimensions.</param>
    /// <param name="floor">Smallest current that the instrument tells from zero (offset and noise), above 0.</param>
    /// <exception cref="UnusableDataException">Samples, step, floor or pellet cannot be used; the current flows against the step.</exception>
    public static ElectronicConductivity Of(
        ImmutableArray<double> timesSeconds, ImmutableArray<double> currentsAmperes, Voltage step, PelletGeometry pellet, Current floor)
    {
        pellet.Check();
        Check(timesSeconds, currentsAmperes, step, floor);
        var sign = Math.Sign(step.Volts);
        var end = timesSeconds[^1];
        var (times, currents) = From(timesSeconds, currentsAmperes, timesSeconds[0] + ((1 - LastShare) * (end - timesSeconds[0])), sign);
        var last = LastPart.Of(times, currents, OutlierDeviations);
        if (Math.Abs(last.Mean) < floor.Amperes)
            return Below(last, sign, step, pellet, floor);
        if (last.Mean < 0)
            throw new UnusableDataException($"{new Current(sign * last.Mean)} flow at the end against a step of {step}; check the leads and the sign of the currents");
        (times, currents) = From(timesSeconds, currentsAmperes, timesSeconds[0] + (SkippedShare * (end - timesSeconds[0])), sign);
        var tail = DecayTail.Fit(times, currents);
        var verdict = Judge(last, tail);
        var (value, low, high) = verdict switch
        {
            // A current that moves within what counts as steady still goes somewhere else than its mean.
            SteadyVerdict.Steady when Math.Abs(last.SlopePerSecond) > last.SlopeHalfWidth =>
                (last.Mean, Math.Min(tail.Low, last.Mean - last.MeanHalfWidth), Math.Max(tail.High, last.Mean + last.MeanHalfWidth)),
            SteadyVerdict.Steady => (last.Mean, last.Mean - last.MeanHalfWidth, last.Mean + last.MeanHalfWidth),
            // What a fall ends at is no more than what flows now, and no less than nothing.
            SteadyVerdict.NotSteadyYet when last.SlopePerSecond < 0 => (Math.Max(0, tail.Steady), Math.Max(0, tail.Low), Math.Max(tail.Steady, Math.Min(tail.High, last.Mean))),
            SteadyVerdict.NotSteadyYet => (Math.Max(0, tail.Steady), Math.Max(0, Math.Min(tail.Low, last.Mean)), Math.Max(tail.High, last.Mean)),
            _ => (last.Mean, Math.Max(0, Math.Min(tail.Low, last.Mean - last.MeanHalfWidth)), Math.Max(tail.High, last.Mean + last.MeanHalfWidth)),
        };
        var perAmpere = pellet.PerMetre / step.Magnitude.Volts;
        var shape = 1.96 * Math.Sqrt(pellet.RelativeVariance); // The dimensions' errors are taken as normal.
        return new()
        {
            Verdict = verdict,
            SteadyCurrent = new(sign * value),
            LastCurrent = new(sign * last.Mean),
            Value = new(perAmpere * value),
            Low = new(perAmpere * Math.Max(0, value - Hypotenuse(value - low, shape * value))),
            High = new(perAmpere * (value + Hypotenuse(high - value, shape * value))),
            DriftPercentPerHour = 100 * SecondsPerHour * last.SlopePerSecond / last.Mean,
            DriftHalfWidthPercentPerHour = 100 * SecondsPerHour * last.SlopeHalfWidth / last.Mean,
            Floor = floor,
            SpreadingFactor = pellet.SpreadingFactor,
        };
    }

    /// <summary>The verdict in words, with σ_e.</summary>
    public override string ToString()
    {
        var range = string.Create(CultureInfo.InvariantCulture,
            $"σ_e = {Value.SiemensPerCentimetre:G3} S/cm (95 %: {Low.SiemensPerCentimetre:G3} to {High.SiemensPerCentimetre:G3}), {PelletGeometry.SpreadingText(SpreadingFactor)}");
        return Verdict switch
        {
            SteadyVerdict.Steady => string.Create(CultureInfo.InvariantCulture, $"steady, drift {DriftPercentPerHour:+0.0;-0.0} %/h; {range}"),
            SteadyVerdict.NotSteadyYet => string.Create(CultureInfo.InvariantCulture,
                $"not steady yet: still {(DriftPercentPerHour < 0 ? "falling" : "rising")} {Math.Abs(DriftPercentPerHour):G3} %/h, {Written(LastCurrent)} now; extrapolated {range}; measure longer"),
            SteadyVerdict.BelowFloor => string.Create(CultureInfo.InvariantCulture,
                $"below the instrument's floor of {Written(Floor)}: σ_e < {High.SiemensPerCentimetre:G2} S/cm, {PelletGeometry.SpreadingText(SpreadingFactor)}"),
            SteadyVerdict.Undecided => string.Create(CultureInfo.InvariantCulture,
                $"noise hides whether the current is steady (drift {DriftPercentPerHour:+0;-0} ± {DriftHalfWidthPercentPerHour:G2} %/h); {range}; average more or measure longer"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static SteadyVerdict Judge(LastPart last, DecayTail tail)
    {
        var moved = Math.Abs(last.SlopePerSecond) * last.SpanSeconds;
        var movedHalf = last.SlopeHalfWidth * last.SpanSeconds;
        var allowed = SteadyWithin * last.Mean;
        if (moved > movedHalf)
            return moved > allowed || Math.Abs(last.Mean - tail.Steady) > allowed ? SteadyVerdict.NotSteadyYet : SteadyVerdict.Steady;
        return moved + movedHalf <= allowed ? SteadyVerdict.Steady : SteadyVerdict.Undecided;
    }

    private static ElectronicConductivity Below(LastPart last, int sign, Voltage step, PelletGeometry pellet, Current floor)
    {
        var bound = pellet.PerMetre / step.Magnitude.Volts * floor.Amperes * (1 + (1.96 * Math.Sqrt(pellet.RelativeVariance)));
        return new()
        {
            Verdict = SteadyVerdict.BelowFloor,
            SteadyCurrent = new(sign * last.Mean),
            LastCurrent = new(sign * last.Mean),
            Value = new(bound),
            Low = default,
            High = new(bound),
            DriftPercentPerHour = 100 * SecondsPerHour * last.SlopePerSecond / floor.Amperes,
            DriftHalfWidthPercentPerHour = 100 * SecondsPerHour * last.SlopeHalfWidth / floor.Amperes,
            Floor = floor,
            SpreadingFactor = pellet.SpreadingFactor,
        };
    }

    /// <summary>Samples from a time on, with the step's sign taken off.</summary>
    private static (double[] Times, double[] Currents) From(ImmutableArray<double> times, ImmutableArray<double> currents, double start, int sign)
    {
        var first = times.TakeWhile(time => time < start).Count();
        return ([.. times[first..]], [.. currents[first..].Select(current => sign * current)]);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));

    private static string Written(Current current) => string.Create(CultureInfo.InvariantCulture, $"{current.Amperes * 1e9:G3} nA");

    private static void Check(ImmutableArray<double> times, ImmutableArray<double> currents, Voltage step, Current floor)
    {
        if (times.Length != currents.Length)
            throw new UnusableDataException($"{times.Length} times and {currents.Length} currents; give one current for each time");
        if (times.Length < SamplesMin)
            throw new UnusableDataException($"the transient has {times.Length} samples; whether it is steady needs {SamplesMin} or more");
        if (!times.All(double.IsFinite) || !currents.All(double.IsFinite))
            throw new UnusableDataException("the transient holds a time or current that is no number; leave such samples out");
        if (!(times[0] > 0) || Enumerable.Range(1, times.Length - 1).Any(i => times[i] <= times[i - 1]))
            throw new UnusableDataException("the times are not rising from above 0; give seconds since the step");
        if (times.Count(time => time >= times[0] + ((1 - LastShare) * (times[^1] - times[0]))) is var late and < LastPart.SamplesMin)
            throw new UnusableDataException($"the last third of the time has {late} samples; whether the current is steady needs {LastPart.SamplesMin} or more there");
        if (step.Volts == 0 || !double.IsFinite(step.Volts))
            throw new UnusableDataException($"the potential step is {step}; a conductivity needs one other than 0");
        if (!(floor.Amperes > 0) || !double.IsFinite(floor.Amperes))
            throw new UnusableDataException($"the instrument's floor is {Written(floor)}; give the smallest current it tells from zero, above 0");
    }
}

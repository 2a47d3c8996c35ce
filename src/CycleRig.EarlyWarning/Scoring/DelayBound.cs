using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Scoring;

/// <summary>
/// The earliest time at which a detector that knows all but the noise can tell the damage: the first sweep end at which d'S⁻¹d/2 reaches
/// ln(sweeps to a false alarm) (Lorden 1971, doi 10.1214/aoms/1177693055; Moustakides 1986, doi 10.1214/aos/1176350164). d is the true
/// fall of ln R_bulk; S is white fit noise, the temperature's wander (Ornstein-Uhlenbeck) and a linear benign drift of unknown size.
/// d'S⁻¹d is the sum of the squared innovations of the Kalman filter of these two, run over d: no matrix is needed.
/// </summary>
public static class DelayBound
{
    /// <summary>Assumed where the truth does not say: between the 8 and 30 mK of real cells, for minutes.</summary>
    public const double WanderKelvinsOtherwise = 0.015;
    public const double WanderSecondsOtherwise = 500;

    /// <summary>Mean time to a false alarm that is granted, s: 1,000 h.</summary>
    private const double FalseAlarmSeconds = 1000 * 3600.0;

    /// <summary>Standard deviation of benign drift of ln R_bulk, 1/s: 0.1 % per hour.</summary>
    private const double DriftPerSecondSd = 0.001 / 3600;

    /// <summary>One sweep of the bound.</summary>
    /// <param name="EndSeconds">Its end, s.</param>
    /// <param name="Fall">d: the true fall of ln R_bulk by then.</param>
    /// <param name="Sd">Standard error of ln R_bulk by the fit.</param>
    /// <param name="PerKelvin">Magnitude of d lnR_bulk/dT, 1/K.</param>
    public readonly record struct Sweep(double EndSeconds, double Fall, double Sd, double PerKelvin);

    /// <summary>The sweeps before a short that were fitted, each with its own error. One that nobody could read told nobody anything.</summary>
    /// <param name="truth">Of the recording.</param>
    /// <param name="readings">Fits of its sweeps.</param>
    /// <param name="activationElectronVolts">Activation energy of the bulk, of σT, eV.</param>
    public static IReadOnlyList<Sweep> Sweeps(RecordingTruth truth, IReadOnlyList<CellReading> readings, double activationElectronVolts)
    {
        List<CellReading> valid = [.. readings.Where(reading => reading.Valid && reading.BulkRelativeSd > 0).OrderBy(reading => reading.EndSeconds)];
        var half = Spacing([.. truth.Sweeps.Select(sweep => sweep.EndSeconds)]) / 2;
        var sweeps = new List<Sweep>();
        foreach (var (end, loss) in truth.Sweeps.Where(sweep => sweep.Loss < 1 && sweep.EndSeconds < (truth.ShortSeconds ?? double.PositiveInfinity)))
        {
            // A sweep whose last points are missing seems to end earlier.
            if (valid.MinBy(reading => Math.Abs(reading.EndSeconds - end)) is { } reading && Math.Abs(reading.EndSeconds - end) < half)
                sweeps.Add(new(end, -Math.Log(1 - loss), reading.BulkRelativeSd, ResistanceTemperature.BulkFallPerKelvin(reading.TemperatureCelsius, activationElectronVolts)));
        }

        return sweeps;
    }

    /// <summary>When the bound falls.</summary>
    /// <param name="sweeps">In the order of time.</param>
    /// <param name="wanderKelvins">Standard deviation of the temperature's wander, K.</param>
    /// <param name="wanderSeconds">Its correlation time, s.</param>
    /// <returns>End of a sweep, s; null where the damage never shows.</returns>
    public static double? Seconds(IReadOnlyList<Sweep> sweeps, double wanderKelvins, double wanderSeconds)
    {
        if (sweeps.Count < 2)
            return null;
        var enough = Math.Log(FalseAlarmSeconds / Spacing([.. sweeps.Select(sweep => sweep.EndSeconds)]));
        var known = 0;
        foreach (var half in Evidence(sweeps, wanderKelvins, wanderSeconds))
        {
            if (half >= enough)
                return sweeps[known].EndSeconds;
            known++;
        }

        return null;
    }

    /// <summary>d'S⁻¹d/2 of the first sweep, of the first two, ...</summary>
    internal static IEnumerable<double> Evidence(IReadOnlyList<Sweep> sweeps, double wanderKelvins, double wanderSeconds)
    {
        // State: wander (K) and drift (1/s), with their covariance. Both are 0 in the mean, and no gain is needed before the first sweep.
        var (wander, drift) = (0.0, 0.0);
        var variance = wanderKelvins * wanderKelvins;
        var (ww, wd, dd) = (variance, 0.0, DriftPerSecondSd * DriftPerSecondSd);
        var half = 0.0;
        for (var k = 0; k < sweeps.Count; k++)
        {
            var (end, fall, sd, perKelvin) = sweeps[k];
            var keep = k == 0 ? 1 : Math.Exp(-(end - sweeps[k - 1].EndSeconds) / wanderSeconds);
            (wander, ww, wd) = (keep * wander, (keep * keep * ww) + (variance * (1 - (keep * keep))), keep * wd);
            var age = end - sweeps[0].EndSeconds;
            var innovation = fall - ((perKelvin * wander) + (age * drift));
            var (toWander, toDrift) = ((perKelvin * ww) + (age * wd), (perKelvin * wd) + (age * dd));
            var spread = (perKelvin * toWander) + (age * toDrift) + (sd * sd);
            half += innovation * innovation / (2 * spread);
            (wander, drift) = (wander + (toWander * innovation / spread), drift + (toDrift * innovation / spread));
            (ww, wd, dd) = (ww - (toWander * toWander / spread), wd - (toWander * toDrift / spread), dd - (toDrift * toDrift / spread));
            yield return half;
        }
    }

    /// <summary>Median time between neighbours; infinite for fewer than two.</summary>
    private static double Spacing(double[] ends) => Quantile.Of([.. ends.Zip(ends.Skip(1), (from, to) => to - from)], 0.5) ?? double.PositiveInfinity;
}

using CycleRig.EarlyWarning.Scoring;

namespace CycleRig.EarlyWarning.Scheduling;

/// <summary>
/// Charge that passes between the onset of damage and the halt, as it is expected of a pattern of sweeps: R_bulk falls evenly with charge, and the
/// halt comes with the second look, some time after the first, at which d'S⁻¹d/2 of all looks so far exceeds half the square of the threshold
/// (see <see cref="DelayBound"/>; S: noise of the sweeps, the cell's own temperature, drift).
/// </summary>
internal static class ExpectedCharge
{
    /// <summary>Falls of ln R_bulk that are weighed alike, for each mAh/cm²: from a slow filament to a fast one.</summary>
    private static readonly double[] Falls = [0.01, 0.04, 0.16];

    /// <summary>Where in the rhythm damage may begin, as shares of it.</summary>
    private static readonly double[] Phases = [0, 0.25, 0.5, 0.75];

    /// <summary>What is not seen in this time, s, is taken to go on by the law of 3.2: the loss at the halt is delay × fall, and delay³ goes with what is needed.</summary>
    private const double HorizonSeconds = 2 * 3600;

    /// <summary>Expects.</summary>
    /// <param name="pattern">The sweeps.</param>
    /// <param name="density">Magnitude of the current density, mA/cm².</param>
    /// <param name="nuisance">What else moves R_bulk.</param>
    /// <returns>Geometric mean over the falls, mAh/cm².</returns>
    public static double Of(SweepPattern pattern, double density, in SweepNuisance nuisance)
    {
        var logs = 0.0;
        foreach (var fall in Falls)
        {
            foreach (var phase in Phases)
                logs += Math.Log(density / 3600 * DelaySeconds(pattern, phase * pattern.WholeEverySeconds, fall * density / 3600, nuisance));
        }

        return Math.Exp(logs / (Falls.Length * Phases.Length));
    }

    /// <summary>From the onset to the halt, s.</summary>
    private static double DelaySeconds(SweepPattern pattern, double onsetSeconds, double fallPerSecond, SweepNuisance nuisance)
    {
        List<DelayBound.Sweep> looks =
        [
            .. pattern.Looks(nuisance.ContactSdPerSecond, HorizonSeconds).Select(look =>
                new DelayBound.Sweep(look.KnownSeconds, Math.Max(0, look.KnownSeconds - onsetSeconds) * fallPerSecond, look.Sd, nuisance.PerKelvin)),
        ];
        var (enough, known, crossed, half) = (nuisance.Threshold * nuisance.Threshold / 2, 0, double.NaN, 0.0);
        foreach (var evidence in DelayBound.Evidence(looks, nuisance.WanderKelvins, nuisance.WanderSeconds))
        {
            var seconds = looks[known++].EndSeconds;
            half = evidence;
            if (evidence < enough)
                continue;
            if (double.IsNaN(crossed))
                crossed = seconds;
            else if (seconds - crossed >= nuisance.ConfirmSeconds)
                return seconds - onsetSeconds;
        }

        return (HorizonSeconds - onsetSeconds) * Math.Cbrt(Math.Max(1, enough / Math.Max(half, double.Epsilon)));
    }
}

/// <summary>What a pattern of sweeps must see damage through.</summary>
/// <param name="PerKelvin">Magnitude of d lnR_bulk/dT, 1/K.</param>
/// <param name="WanderKelvins">Wander of the cell's own temperature, standard deviation, K.</param>
/// <param name="WanderSeconds">Its correlation time, s.</param>
/// <param name="ContactSdPerSecond">Standard deviation of what contact does to ln R_bulk unseen, for each root of a second.</param>
/// <param name="Threshold">Standard deviations that halt.</param>
/// <param name="ConfirmSeconds">From the first look above it to the one that halts, s.</param>
internal readonly record struct SweepNuisance(
    double PerKelvin, double WanderKelvins, double WanderSeconds, double ContactSdPerSecond, double Threshold, double ConfirmSeconds);

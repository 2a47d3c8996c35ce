using System.Collections.Immutable;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// Generalised likelihood ratio for a falling ramp of unknown onset and slope in ln R_bulk, with the nuisances in the covariance
/// (S = diag(s²) + Σ v h h'): level, activation energy, constriction, linear drift, thermal lag. The statistic is (d'S⁻¹y)/√(d'S⁻¹d).
/// </summary>
internal static class RampTest
{
    private const int Nuisances = 5;
    private const double LevelVariance = 1; // ln R_bulk itself is free.
    private const double SecondsPerHour = 3600;
    private const double BoltzmannElectronVolts = 8.617333e-5;
    private const double ReferenceKelvins = 303.15;

    /// <summary>Outcome of a test.</summary>
    /// <param name="Statistic">Standard deviations; above 0 is a fall.</param>
    /// <param name="Slope">Fall of ln R_bulk per second.</param>
    /// <param name="OnsetSeconds">Where the ramp begins.</param>
    public readonly record struct Outcome(double Statistic, double Slope, double OnsetSeconds);

    /// <summary>Tests every onset of a geometric set of windows.</summary>
    /// <param name="track">N points, oldest first.</param>
    /// <param name="settings">Sizes of the nuisances.</param>
    /// <param name="scale">Factor on the fit's standard errors from the scatter between sweeps.</param>
    /// <param name="activationSd">Standard deviation of the activation energy, eV.</param>
    /// <param name="constrictionSd">Standard deviation of the share of constriction.</param>
    public static Outcome Run(ImmutableArray<TrackPoint> track, DetectorSettings settings, double scale, double activationSd, double constrictionSd)
    {
        var count = track.Length;
        Span<double> precision = stackalloc double[count];
        Span<double> residual = stackalloc double[count];
        Span<double> nuisance = stackalloc double[count * Nuisances];
        Fill(track, settings, scale, activationSd, constrictionSd, precision, residual, nuisance);
        Span<double> core = stackalloc double[Nuisances * Nuisances];
        Core(precision, nuisance, core, count);
        Span<double> ramp = stackalloc double[count];
        var best = new Outcome(double.NegativeInfinity, 0, double.NaN);
        for (double window = 3; window <= count + 2; window *= Math.Sqrt(2))
        {
            var onset = track[Math.Max(0, count - (int)window)].TimeSeconds;
            for (var i = 0; i < count; i++)
                ramp[i] = Math.Max(0, track[i].TimeSeconds - onset);
            var (dy, dd) = Products(precision, nuisance, core, ramp, residual);
            if (dd > 0 && -dy / Math.Sqrt(dd) is var statistic && statistic > best.Statistic)
                best = new(statistic, -dy / dd, onset);
        }

        return best;
    }

    private static void Fill(
        ImmutableArray<TrackPoint> track, DetectorSettings settings, double scale, double activationSd, double constrictionSd,
        Span<double> precision, Span<double> residual, Span<double> nuisance)
    {
        var last = track[^1];
        // -d ln R_bulk/dT at 30 °C, 1/K: Ea/kT² - 1/T.
        var sensitivity = (settings.ActivationElectronVolts / (BoltzmannElectronVolts * ReferenceKelvins * ReferenceKelvins)) - (1 / ReferenceKelvins);
        for (var i = 0; i < track.Length; i++)
        {
            var point = track[i];
            var sd = scale * double.Hypot(point.Sd, settings.NoiseFloor);
            precision[i] = 1 / (sd * sd);
            residual[i] = point.LogBulk - last.LogBulk;
            var before = track[Math.Max(0, i - 1)];
            var rate = i == 0 ? 0 : (point.Celsius - before.Celsius) / Math.Max(1, point.TimeSeconds - before.TimeSeconds);
            var row = nuisance.Slice(i * Nuisances, Nuisances);
            row[0] = Math.Sqrt(LevelVariance);
            row[1] = activationSd * (point.Arrhenius - last.Arrhenius);
            row[2] = constrictionSd * ((point.RootInterface / last.RootInterface) - 1);
            row[3] = settings.DriftPerHourSd * (point.TimeSeconds - last.TimeSeconds) / SecondsPerHour;
            row[4] = settings.LagSecondsSd * sensitivity * rate;
        }
    }

    /// <summary>(I + H' D H)⁻¹ of the Woodbury identity, in place.</summary>
    private static void Core(ReadOnlySpan<double> precision, ReadOnlySpan<double> nuisance, Span<double> core, int count)
    {
        Span<double> work = stackalloc double[Nuisances * Nuisances];
        work.Clear();
        for (var i = 0; i < count; i++)
        {
            var row = nuisance.Slice(i * Nuisances, Nuisances);
            for (var a = 0; a < Nuisances; a++)
            {
                for (var b = 0; b < Nuisances; b++)
                    work[(a * Nuisances) + b] += precision[i] * row[a] * row[b];
            }
        }

        core.Clear();
        for (var a = 0; a < Nuisances; a++)
        {
            work[(a * Nuisances) + a] += 1;
            core[(a * Nuisances) + a] = 1;
        }

        Invert(work, core);
    }

    /// <summary>Gauss-Jordan on a symmetric positive definite matrix.</summary>
    private static void Invert(Span<double> matrix, Span<double> inverse)
    {
        for (var p = 0; p < Nuisances; p++)
        {
            var pivot = matrix[(p * Nuisances) + p];
            for (var j = 0; j < Nuisances; j++)
            {
                matrix[(p * Nuisances) + j] /= pivot;
                inverse[(p * Nuisances) + j] /= pivot;
            }

            for (var i = 0; i < Nuisances; i++)
            {
                var factor = matrix[(i * Nuisances) + p];
                if (i == p || factor == 0)
                    continue;
                for (var j = 0; j < Nuisances; j++)
                {
                    matrix[(i * Nuisances) + j] -= factor * matrix[(p * Nuisances) + j];
                    inverse[(i * Nuisances) + j] -= factor * inverse[(p * Nuisances) + j];
                }
            }
        }
    }

    /// <summary>d'S⁻¹y and d'S⁻¹d.</summary>
    private static (double Dy, double Dd) Products(
        ReadOnlySpan<double> precision, ReadOnlySpan<double> nuisance, ReadOnlySpan<double> core, ReadOnlySpan<double> ramp, ReadOnlySpan<double> residual)
    {
        Span<double> hd = stackalloc double[Nuisances];
        Span<double> hy = stackalloc double[Nuisances];
        hd.Clear();
        hy.Clear();
        double dy = 0, dd = 0;
        for (var i = 0; i < ramp.Length; i++)
        {
            var (d, y) = (precision[i] * ramp[i], precision[i] * residual[i]);
            dd += d * ramp[i];
            dy += d * residual[i];
            var row = nuisance.Slice(i * Nuisances, Nuisances);
            for (var a = 0; a < Nuisances; a++)
            {
                hd[a] += row[a] * d;
                hy[a] += row[a] * y;
            }
        }

        for (var a = 0; a < Nuisances; a++)
        {
            for (var b = 0; b < Nuisances; b++)
            {
                dd -= hd[a] * core[(a * Nuisances) + b] * hd[b];
                dy -= hd[a] * core[(a * Nuisances) + b] * hy[b];
            }
        }

        return (dy, dd);
    }
}

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// What R_bulk and R_int of a sound cell may do, as a linear state that noise moves (a Kalman filter): what is no damage stands in its
/// covariance, not in a threshold. Rows are of ln R_int and ln R_bulk, compensated to 30 °C at the lagged temperature.
/// </summary>
internal static class CellFilter
{
    public const int Size = 10;

    /// <summary>ln R_bulk at 30 °C.</summary>
    public const int Level = 0;

    /// <summary>The cell above its lagged thermometer, K.</summary>
    public const int Wander = 1;

    /// <summary>Activation energy above its prior, eV.</summary>
    public const int Activation = 2;

    /// <summary>Share of the fast and of the slow lag in the cell's own.</summary>
    public const int FastLag = 3;
    public const int SlowLag = 4;

    /// <summary>Share of constriction that goes with √R_int, and with R_int.</summary>
    public const int RootConstriction = 5;
    public const int Constriction = 6;

    /// <summary>ln R_int at 30 °C.</summary>
    public const int Interface = 7;

    /// <summary>Creep for each e-fold of time.</summary>
    public const int Creep = 8;

    /// <summary>By what share the cell feels more of its chamber's common mode than its neighbours say.</summary>
    public const int Common = 9;

    /// <summary>A lag of a cell is between the fast and the slow one: standard deviation of either share.</summary>
    private const double LagSd = 0.6;

    /// <summary>What neighbours say is off by their own activation energies and contact: standard deviation of its share.</summary>
    private const double CommonSd = 0.4;

    /// <summary>R_int of a cell in contact wanders by this in an hour.</summary>
    public const double InterfacePerRootHour = 0.02;

    private const double SecondsPerHour = 3600;

    /// <summary>Variances before the first sweep: its two resistances are free.</summary>
    public static void Begin(Span<double> covariance, DetectorSettings settings)
    {
        covariance.Clear();
        ReadOnlySpan<double> sds =
        [
            1, settings.WanderKelvins, settings.ActivationSdElectronVolts, LagSd, LagSd, settings.ConstrictionRootSd, settings.ConstrictionSd, 1, settings.CreepPerEFold, CommonSd,
        ];
        for (var i = 0; i < Size; i++)
            covariance[(i * Size) + i] = sds[i] * sds[i];
    }

    /// <summary>Share of the wander that is left after some time.</summary>
    public static double WanderKept(double seconds, DetectorSettings settings) => Math.Exp(-seconds / settings.WanderSeconds);

    /// <summary>Lets time pass.</summary>
    /// <param name="mean">State, changed.</param>
    /// <param name="covariance">Its covariance, changed.</param>
    /// <param name="seconds">How long, s.</param>
    /// <param name="interfaceVariance">Variance that the change of ln R_int brings beside its own wander.</param>
    /// <param name="levelVariance">Variance that what happened meanwhile brings to the level.</param>
    /// <param name="settings">Sizes.</param>
    public static void Pass(Span<double> mean, Span<double> covariance, double seconds, double interfaceVariance, double levelVariance, DetectorSettings settings)
    {
        var kept = WanderKept(seconds, settings);
        mean[Wander] *= kept;
        for (var i = 0; i < Size; i++)
        {
            covariance[(Wander * Size) + i] *= kept;
            covariance[(i * Size) + Wander] *= kept;
        }

        var hours = seconds / SecondsPerHour;
        covariance[(Wander * Size) + Wander] += settings.WanderKelvins * settings.WanderKelvins * (1 - (kept * kept));
        covariance[(Level * Size) + Level] += (settings.DriftPerRootHour * settings.DriftPerRootHour * hours) + levelVariance;
        covariance[(Interface * Size) + Interface] += (InterfacePerRootHour * InterfacePerRootHour * hours) + interfaceVariance;
    }

    /// <summary>Covariance of the state with a row, and what the row's value should be.</summary>
    /// <param name="mean">State.</param>
    /// <param name="covariance">Its covariance.</param>
    /// <param name="row">What of each state the row sees, in units of the row's noise.</param>
    /// <param name="gain">Takes covariance times row.</param>
    /// <returns>Expected value, and the variance of the innovation with noise of 1.</returns>
    public static (double Expected, double Variance) Expect(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, ReadOnlySpan<double> row, Span<double> gain)
    {
        double expected = 0, variance = 1;
        for (var i = 0; i < Size; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < Size; j++)
                sum += covariance[(i * Size) + j] * row[j];
            gain[i] = sum;
            expected += row[i] * mean[i];
            variance += row[i] * sum;
        }

        return (expected, variance);
    }

    /// <summary>Takes a row's value into the state.</summary>
    /// <param name="mean">State, changed.</param>
    /// <param name="covariance">Its covariance, changed.</param>
    /// <param name="gain">Covariance times row.</param>
    /// <param name="innovation">Value minus expected value.</param>
    /// <param name="variance">Variance of the innovation.</param>
    public static void Take(Span<double> mean, Span<double> covariance, ReadOnlySpan<double> gain, double innovation, double variance)
    {
        for (var i = 0; i < Size; i++)
        {
            mean[i] += gain[i] / variance * innovation;
            for (var j = 0; j < Size; j++)
                covariance[(i * Size) + j] -= gain[i] * gain[j] / variance;
        }
    }
}

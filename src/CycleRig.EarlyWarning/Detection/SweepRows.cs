using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// One sweep as two rows of the filter, ln R_int first and then ln R_bulk as far as it is independent of it, both in units of their noise:
/// errors of the two that the fit has in common must not count twice. Where R_int cannot be told and their sum is told better than
/// R_bulk, the second row is the logarithm of the sum, linear about what the state expects.
/// </summary>
internal readonly ref struct SweepRows
{
    /// <summary>Relative error of R_int below which no sweep is believed.</summary>
    private const double InterfaceFloor = 0.002;

    /// <summary>R_int that is less certain than this says nothing.</summary>
    private const double InterfaceSdMax = 0.3;

    /// <summary>A sweep that does not tell R_int is judged by the sum where R_int is a part of R_bulk smaller than this.</summary>
    private const double SumShareMax = 0.2;

    /// <summary>What of the lag beyond the model is left as noise, of its effect.</summary>
    private const double LagLeft = 0.15;

    /// <summary>
    /// Above 3 mA/cm² craters make R_bulk flicker, by 0.3 to 1.2 % at 5 mA/cm² over some 25 s (Siniscalchi 2024, Fig. 4b), faster than
    /// sweeps follow each other.
    /// </summary>
    private const double FlickerFrom = 3e-3;
    private const double FlickerPerAmpere = 0.008 / 2e-3;

    /// <summary>Creep is told from a level by the time since the first sweep and this, s.</summary>
    private const double CreepSeconds = 600;

    /// <summary>Two rows of <see cref="CellFilter.Size"/>.</summary>
    private readonly Span<double> _rows;

    /// <param name="reading">The sweep.</param>
    /// <param name="conditions">What it was measured at.</param>
    /// <param name="first">Conditions of the cell's first sweep.</param>
    /// <param name="scatter">How much more R_bulk scatters than its fits claim, as a ratio of variances.</param>
    /// <param name="unseenContact">What of ln R_bulk contact may have changed that no sweep has seen, standard deviation.</param>
    /// <param name="interfaceVariance">Variance of what R_int, ln, moves by from sweep to sweep.</param>
    /// <param name="mean">What the state expects; empty before the first sweep.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="rows">Room for two rows.</param>
    public SweepRows(
        CellReading reading, in SweepConditions conditions, in SweepConditions first, double scatter, double unseenContact, double interfaceVariance,
        ReadOnlySpan<double> mean, DetectorSettings settings, Span<double> rows)
    {
        _rows = rows;
        rows.Clear();
        var celsius = conditions.LaggedCelsius;
        LogBulk = Math.Log(reading.BulkOhms) - ResistanceTemperature.LogBulk(celsius, settings.ActivationElectronVolts);
        BulkPerKelvin = ResistanceTemperature.BulkFallPerKelvin(celsius, settings.ActivationElectronVolts);
        InterfacePerKelvin = ResistanceTemperature.InterfaceFallPerKelvin(celsius, settings.InterfaceActivationElectronVolts);
        IsInterfaceDetermined = reading.InterfaceRelativeSd < InterfaceSdMax;
        InterfaceSd = IsInterfaceDetermined ? double.Hypot(reading.InterfaceRelativeSd, InterfaceFloor) : 1e3;
        InterfaceValue = conditions.LogInterface / InterfaceSd;
        var inner = rows[..CellFilter.Size];
        var bulk = rows[CellFilter.Size..];
        (inner[CellFilter.Interface], inner[CellFilter.Wander]) = (1 / InterfaceSd, -InterfacePerKelvin / InterfaceSd);
        inner[CellFilter.Common] = inner[CellFilter.Wander] * conditions.CommonKelvins;
        Fill(bulk, conditions, first);
        var sumVariance = SumVariance(reading);
        var isSum = !mean.IsEmpty && !IsInterfaceDetermined
            && (reading.BulkOnly ? reading.InterfaceOhms < SumShareMax * reading.BulkOhms : sumVariance < reading.BulkRelativeSd * reading.BulkRelativeSd);
        var shared = IsInterfaceDetermined ? reading.Correlation * reading.BulkRelativeSd * reading.InterfaceRelativeSd / (InterfaceSd * InterfaceSd) : 0;
        var variance = Math.Max(0, (reading.BulkRelativeSd * reading.BulkRelativeSd) - (shared * InterfaceSd * shared * InterfaceSd));
        (BulkWeight, InterfaceWeight) = (1, -shared);
        var value = LogBulk - (shared * conditions.LogInterface);
        if (isSum)
        {
            var (ohms, interfaceOhms) = Expected(mean, bulk, Unseen(mean, conditions), Math.Log(reading.BulkOhms) - LogBulk, ResistanceTemperature.LogInterface(celsius, settings.InterfaceActivationElectronVolts));
            var sum = ohms + interfaceOhms;
            (BulkWeight, InterfaceWeight) = (ohms / sum, interfaceOhms / sum);
            variance = sumVariance + (reading.BulkOnly ? InterfaceWeight * InterfaceWeight * interfaceVariance : 0);
            value = Math.Log((reading.BulkOhms + reading.InterfaceOhms) / sum)
                + (BulkWeight * Dot(mean, bulk)) + (InterfaceWeight * (mean[CellFilter.Interface] - (InterfacePerKelvin * Unseen(mean, conditions))));
        }

        var lag = LagLeft * BulkPerKelvin * (conditions.LaggedCelsius - conditions.Celsius);
        var flicker = FlickerPerAmpere * Math.Max(0, Math.Abs(reading.AmperesPerSquareCentimetre) - FlickerFrom);
        BulkSd = Math.Sqrt((scatter * (variance + (settings.NoiseFloor * settings.NoiseFloor))) + (lag * lag) + (flicker * flicker) + (unseenContact * unseenContact));
        BulkValue = value / BulkSd;
        for (var i = 0; i < CellFilter.Size; i++)
            bulk[i] *= BulkWeight / BulkSd;
        bulk[CellFilter.Interface] += InterfaceWeight / BulkSd;
        bulk[CellFilter.Wander] -= InterfaceWeight * InterfacePerKelvin / BulkSd;
        bulk[CellFilter.Common] -= InterfaceWeight * InterfacePerKelvin * conditions.CommonKelvins / BulkSd;
    }

    /// <summary>ln R_bulk at 30 °C and the activation energy of the settings.</summary>
    public double LogBulk { get; }

    /// <summary>Fall of ln R_bulk and of ln R_int for each kelvin, 1/K.</summary>
    public double BulkPerKelvin { get; }

    public double InterfacePerKelvin { get; }

    /// <summary>Noise of ln R_int, and of ln R_bulk beyond what it shares with it.</summary>
    public double InterfaceSd { get; }

    public double BulkSd { get; }

    /// <summary>Whether the sweep tells R_int.</summary>
    public bool IsInterfaceDetermined { get; }

    /// <summary>What of ln R_bulk and of ln R_int is in the second row.</summary>
    public double BulkWeight { get; }

    public double InterfaceWeight { get; }

    /// <summary>Values of the two rows.</summary>
    public double InterfaceValue { get; }

    public double BulkValue { get; }

    public ReadOnlySpan<double> Interface => _rows[..CellFilter.Size];

    public ReadOnlySpan<double> Bulk => _rows[CellFilter.Size..];

    /// <summary>What a change of unit slope adds to the rows.</summary>
    /// <param name="signature">The change.</param>
    /// <param name="conditions">Of this sweep.</param>
    /// <param name="passed">Charge passed by this sweep, A h.</param>
    public (double Interface, double Bulk) Change(in Signature signature, in SweepConditions conditions, double passed)
    {
        if (signature.Kind is SignatureKind.Metal or SignatureKind.Step)
            return (0, -BulkWeight * (signature.Kind == SignatureKind.Step ? 1 : passed - signature.OnsetPassed) / BulkSd);
        var kelvins = signature.Kind == SignatureKind.Temperature
            ? (conditions.TimeSeconds - signature.OnsetSeconds) / 3600
            : signature.OnsetCelsius - conditions.Celsius;
        var (inner, bulk) = (-InterfacePerKelvin * kelvins, -BulkPerKelvin * kelvins);
        return (inner / InterfaceSd, ((BulkWeight * bulk) + (InterfaceWeight * inner)) / BulkSd);
    }

    /// <summary>What of each state is in ln R_bulk at 30 °C.</summary>
    private void Fill(Span<double> bulk, in SweepConditions conditions, in SweepConditions first)
    {
        var celsius = conditions.LaggedCelsius;
        var share = Math.Exp(conditions.LogInterface - first.LogInterface);
        bulk[CellFilter.Level] = 1;
        bulk[CellFilter.Wander] = -BulkPerKelvin;
        bulk[CellFilter.Common] = -BulkPerKelvin * conditions.CommonKelvins;
        bulk[CellFilter.Activation] = ResistanceTemperature.InverseEnergy(celsius) - ResistanceTemperature.InverseEnergy(first.LaggedCelsius);
        bulk[CellFilter.FastLag] = -BulkPerKelvin * (conditions.FastCelsius - celsius);
        bulk[CellFilter.SlowLag] = -BulkPerKelvin * (conditions.SlowCelsius - celsius);
        bulk[CellFilter.RootConstriction] = Math.Sqrt(share) - 1;
        bulk[CellFilter.Constriction] = share - 1;
        bulk[CellFilter.Creep] = -Math.Log(1 + (Math.Max(0, conditions.TimeSeconds - first.TimeSeconds) / CreepSeconds));
    }

    /// <summary>R_bulk and R_int that the state expects at this temperature, Ω.</summary>
    private (double Bulk, double Interface) Expected(ReadOnlySpan<double> mean, ReadOnlySpan<double> bulk, double unseenKelvins, double bulkWarm, double interfaceWarm) => (
        Math.Exp(Dot(mean, bulk) + bulkWarm), Math.Exp(mean[CellFilter.Interface] - (InterfacePerKelvin * unseenKelvins) + interfaceWarm));

    /// <summary>The cell above its temperature of the conditions, as the state expects, K.</summary>
    private static double Unseen(ReadOnlySpan<double> mean, in SweepConditions conditions) => mean[CellFilter.Wander] + (mean[CellFilter.Common] * conditions.CommonKelvins);

    /// <summary>Of the logarithm of the sum. Of a sweep that tells R_bulk alone R_int has no error of its own.</summary>
    private static double SumVariance(CellReading reading)
    {
        var bulk = reading.BulkOhms * reading.BulkRelativeSd;
        var inner = reading.BulkOnly ? 0 : reading.InterfaceOhms * reading.InterfaceRelativeSd;
        var sum = reading.BulkOhms + reading.InterfaceOhms;
        return Math.Max(0, (bulk * bulk) + (inner * inner) + (2 * reading.Correlation * bulk * inner)) / (sum * sum);
    }

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }
}

using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// One sweep as two rows of the filter, ln R_int first and then ln R_bulk as far as it is independent of it, both in units of their noise:
/// errors of the two that the fit has in common must not count twice.
/// </summary>
internal readonly ref struct SweepRows
{
    /// <summary>Relative error of R_int below which no sweep is believed.</summary>
    private const double InterfaceFloor = 0.002;

    /// <summary>R_int that is less certain than this says nothing.</summary>
    private const double InterfaceSdMax = 0.3;

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
    /// <param name="settings">Settings.</param>
    /// <param name="rows">Room for two rows.</param>
    public SweepRows(
        CellReading reading, in SweepConditions conditions, in SweepConditions first, double scatter, double unseenContact, DetectorSettings settings, Span<double> rows)
    {
        _rows = rows;
        rows.Clear();
        var celsius = conditions.LaggedCelsius;
        LogBulk = Math.Log(reading.BulkOhms) - ResistanceTemperature.LogBulk(celsius, settings.ActivationElectronVolts);
        BulkPerKelvin = ResistanceTemperature.BulkFallPerKelvin(celsius, settings.ActivationElectronVolts);
        InterfacePerKelvin = ResistanceTemperature.InterfaceFallPerKelvin(celsius, settings.InterfaceActivationElectronVolts);
        var isDetermined = reading.InterfaceRelativeSd < InterfaceSdMax;
        var interfaceSd = isDetermined ? double.Hypot(reading.InterfaceRelativeSd, InterfaceFloor) : 1e3;
        Shared = isDetermined ? reading.Correlation * reading.BulkRelativeSd * reading.InterfaceRelativeSd / (interfaceSd * interfaceSd) : 0;
        var lag = LagLeft * BulkPerKelvin * (conditions.LaggedCelsius - conditions.Celsius);
        var flicker = FlickerPerAmpere * Math.Max(0, Math.Abs(reading.AmperesPerSquareCentimetre) - FlickerFrom);
        BulkSd = Math.Sqrt((scatter * (Math.Max(0, (reading.BulkRelativeSd * reading.BulkRelativeSd) - (Shared * interfaceSd * Shared * interfaceSd))
            + (settings.NoiseFloor * settings.NoiseFloor))) + (lag * lag) + (flicker * flicker) + (unseenContact * unseenContact));
        InterfaceSd = interfaceSd;
        InterfaceValue = conditions.LogInterface / interfaceSd;
        BulkValue = (LogBulk - (Shared * conditions.LogInterface)) / BulkSd;
        var inner = rows[..CellFilter.Size];
        var bulk = rows[CellFilter.Size..];
        (inner[CellFilter.Interface], inner[CellFilter.Wander]) = (1 / interfaceSd, -InterfacePerKelvin / interfaceSd);
        var share = Math.Exp(conditions.LogInterface - first.LogInterface);
        bulk[CellFilter.Level] = 1;
        bulk[CellFilter.Wander] = -BulkPerKelvin + (Shared * InterfacePerKelvin);
        bulk[CellFilter.Interface] = -Shared;
        bulk[CellFilter.Activation] = ResistanceTemperature.InverseEnergy(celsius) - ResistanceTemperature.InverseEnergy(first.LaggedCelsius);
        bulk[CellFilter.FastLag] = -BulkPerKelvin * (conditions.FastCelsius - conditions.LaggedCelsius);
        bulk[CellFilter.SlowLag] = -BulkPerKelvin * (conditions.SlowCelsius - conditions.LaggedCelsius);
        bulk[CellFilter.RootConstriction] = Math.Sqrt(share) - 1;
        bulk[CellFilter.Constriction] = share - 1;
        bulk[CellFilter.Creep] = -Math.Log(1 + (Math.Max(0, conditions.TimeSeconds - first.TimeSeconds) / CreepSeconds));
        for (var i = 0; i < CellFilter.Size; i++)
            bulk[i] /= BulkSd;
    }

    /// <summary>ln R_bulk at 30 °C and the activation energy of the settings.</summary>
    public double LogBulk { get; }

    /// <summary>Fall of ln R_bulk and of ln R_int for each kelvin, 1/K.</summary>
    public double BulkPerKelvin { get; }

    public double InterfacePerKelvin { get; }

    /// <summary>Noise of ln R_int, and of ln R_bulk beyond what it shares with it.</summary>
    public double InterfaceSd { get; }

    public double BulkSd { get; }

    /// <summary>What of an error of ln R_int is in ln R_bulk too.</summary>
    public double Shared { get; }

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
            return (0, -(signature.Kind == SignatureKind.Step ? 1 : passed - signature.OnsetPassed) / BulkSd);
        var kelvins = signature.Kind == SignatureKind.Temperature
            ? (conditions.TimeSeconds - signature.OnsetSeconds) / 3600
            : signature.OnsetCelsius - conditions.Celsius;
        var (inner, bulk) = (-InterfacePerKelvin * kelvins, -BulkPerKelvin * kelvins);
        return (inner / InterfaceSd, (bulk - (Shared * inner)) / BulkSd);
    }
}

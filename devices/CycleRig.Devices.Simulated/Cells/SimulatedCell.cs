using System.Numerics;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// A Li/LLZTO/Li cell: bulk, constriction and two unequal interfaces in series, stray capacitance and a short across them, leads and
/// inductance before them. Advances by its own steps; draws only from its seed. Plating onto the working electrode is negative current.
/// </summary>
public sealed class SimulatedCell
{
    /// <summary>Slow terms (temperature, contact, filaments) are renewed this often, s.</summary>
    private const double SlowSeconds = 1;

    private readonly SimulatedCellParameters _p;
    private readonly Filaments _filaments;
    private readonly Random _wander;
    private readonly double _bulkAtReference;
    private double _seconds;
    private double _slowDue;
    private double _slowElapsed;
    private double _amperes;
    private double _slowWatts;
    private double _lagged;
    private double _wanderNow;
    private double _bulk;
    private double _constriction;
    private double _interface;
    private double _pressure = 5;
    private bool _started;

    /// <summary>Builds a cell.</summary>
    /// <param name="parameters">What it is made of.</param>
    /// <param name="seed">Of its wander and its filaments.</param>
    public SimulatedCell(SimulatedCellParameters parameters, int seed)
    {
        _p = parameters;
        _filaments = new(parameters, new Random(seed));
        _wander = new Random(seed ^ 0x5eed);
        _bulkAtReference = parameters.Spread * parameters.ThicknessCentimetres / (parameters.Conductivity * parameters.AreaSquareCentimetres);
        Truth = new();
    }

    /// <summary>What really happened to the cell.</summary>
    public SimulatedTruth Truth { get; }

    /// <summary>Temperature of the cell, °C.</summary>
    public double Celsius { get; private set; } = double.NaN;

    /// <summary>Bulk resistance without short, Ω.</summary>
    public double BulkOhms => _bulk;

    /// <summary>Both interfaces at zero bias, Ω.</summary>
    public double InterfaceOhms => _interface;

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">How long, s.</param>
    /// <param name="amperes">Direct current meanwhile, A; plating is negative.</param>
    /// <param name="chamberCelsius">Temperature around the cell, °C.</param>
    /// <param name="megapascals">Stack pressure, MPa.</param>
    public void Advance(double seconds, double amperes, double chamberCelsius, double megapascals)
    {
        _seconds += seconds;
        _slowElapsed += seconds;
        _amperes = amperes;
        Truth.Coulombs += amperes * seconds;
        if (amperes < 0)
        {
            Truth.PlatedCoulombs -= amperes * seconds;
            Truth.PlatingBeganSeconds ??= _seconds - seconds;
            Truth.PlatingEndedSeconds = _seconds;
        }

        _slowWatts += amperes * amperes * (_bulk + _interface) * seconds;
        if (_started && _seconds < _slowDue)
            return;
        Renew(chamberCelsius, megapascals);
        _slowDue = _seconds + SlowSeconds;
        _slowElapsed = 0;
        _slowWatts = 0;
    }

    /// <summary>Voltage at a current, V: one law for direct and alternating current.</summary>
    public double Volts(double amperes)
    {
        var parallel = Truth.ShortSeconds is null ? 0 : 1 / _p.ShortOhms;
        var alone = Alone(amperes);
        if (parallel == 0)
            return alone + (amperes * _p.LeadOhms);
        // The short takes its share: solve I = V/Rf + I_cell(V) by the ratio of the two at this point.
        var resistance = Math.Abs(amperes) > 0 ? alone / amperes : _bulk + _interface;
        return amperes * ((resistance / (1 + (resistance * parallel))) + _p.LeadOhms);
    }

    /// <summary>Differential impedance at a bias, Ω; Im below 0 is capacitive.</summary>
    /// <param name="hertz">Frequency, Hz.</param>
    /// <param name="biasAmperes">Direct current under the sine, A.</param>
    public Complex Impedance(double hertz, double biasAmperes)
    {
        var omega = 2 * Math.PI * hertz;
        var (working, counter) = Shares();
        var farads = _p.InterfaceFaradsPerSquareCentimetre * _p.AreaSquareCentimetres;
        var inner = Arc(_bulk, _bulk * _p.BulkFarads, _p.BulkExponent, omega)
            + Arc(_constriction, 1 / (2 * Math.PI * _p.ConstrictionHertz), 0.9, omega)
            + Arc(Differential(working, biasAmperes), working * farads, _p.WorkingExponent, omega)
            + Arc(Differential(counter, biasAmperes), counter * farads, _p.CounterExponent, omega);
        var across = new Complex(Truth.ShortSeconds is null ? 0 : 1 / _p.ShortOhms, omega * _p.StrayFarads);
        return new Complex(_p.LeadOhms, omega * _p.Henries) + (1 / ((1 / inner) + across));
    }

    private static Complex Arc(double ohms, double tau, double exponent, double omega)
    {
        var modulus = Math.Exp(exponent * Math.Log(omega * tau));
        var (sin, cos) = Math.SinCos(exponent * Math.PI / 2);
        return ohms / new Complex(1 + (modulus * cos), modulus * sin);
    }

    private void Renew(double chamberCelsius, double megapascals)
    {
        Warm(chamberCelsius);
        _pressure = Math.Max(0.05, megapascals);
        var plated = Truth.PlatedCoulombs / 3.6 / _p.AreaSquareCentimetres; // mAh/cm²
        var contact = _p.InterfaceEnd + ((_p.InterfaceStart - _p.InterfaceEnd) * Math.Exp(-Math.Pow(plated / _p.ContactCharge, _p.ContactExponent)));
        var perArea = contact * Math.Pow(_pressure / 5, -_p.PressureExponent) * Bulk.Interface(Celsius, _p.InterfaceActivation);
        _interface = perArea / _p.AreaSquareCentimetres;
        Damage(plated, perArea);
        _bulk = _bulkAtReference * Bulk.RelativeResistance(Celsius, _p.BulkActivation) / (1 + _filaments.Gain);
        _constriction = _bulk * _p.Constriction * Math.Sqrt(perArea / _p.InterfaceEnd);
        Truth.Loss = _filaments.Gain / (1 + _filaments.Gain);
        Truth.BulkOhmsAtReference = _bulkAtReference / (1 + _filaments.Gain);
    }

    private void Warm(double chamberCelsius)
    {
        if (!_started)
            (_started, _lagged) = (true, chamberCelsius);
        var dt = _slowElapsed;
        _lagged += (chamberCelsius - _lagged) * (1 - Math.Exp(-dt / _p.ThermalSeconds));
        var keep = Math.Exp(-dt / _p.WanderSeconds);
        _wanderNow = (_wanderNow * keep) + (_p.WanderKelvins * Math.Sqrt(1 - (keep * keep)) * Gaussian.Draw(_wander));
        var watts = dt > 0 ? _slowWatts / dt : 0;
        Celsius = _lagged + _wanderNow + (watts * _p.ThermalKelvinsPerWatt);
    }

    /// <summary>Filaments start from sites that spall above a critical local current density, and grow only while metal is plated.</summary>
    private void Damage(double plated, double interfacePerArea)
    {
        if (_amperes >= 0 || Truth.ShortSeconds is not null)
            return;
        // All of R_int taken as contact: the local density is the nominal one over the share in contact (an inference of the paper).
        var local = -_amperes * 1e3 / _p.AreaSquareCentimetres * Math.Max(1, interfacePerArea / 10);
        if (local < _p.CriticalDensity)
            return;
        _filaments.Plate(plated);
        if (_filaments.HasBegun)
        {
            Truth.OnsetSeconds ??= _seconds;
            Truth.PlatedAtOnsetCoulombs ??= Truth.PlatedCoulombs;
        }

        if (_filaments.Propagates)
            Truth.PropagationSeconds ??= _seconds;
        if (_filaments.HasBridged)
            Truth.ShortSeconds ??= _seconds;
    }

    private double Alone(double amperes)
    {
        var (working, counter) = Shares();
        return (amperes * (_bulk + _constriction)) + Soft(working, amperes) + Soft(counter, amperes);
    }

    /// <summary>Butler-Volmer in its symmetric form: V = V0 asinh(I R / V0).</summary>
    private double Soft(double ohms, double amperes) => _p.InterfaceVolts * Math.Asinh(amperes * ohms / _p.InterfaceVolts);

    private double Differential(double ohms, double amperes)
    {
        var x = amperes * ohms / _p.InterfaceVolts;
        return ohms / Math.Sqrt(1 + (x * x));
    }

    private (double Working, double Counter) Shares() => (_interface * _p.WorkingShare, _interface * (1 - _p.WorkingShare));
}

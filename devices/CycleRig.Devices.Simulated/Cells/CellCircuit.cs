using System.Numerics;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// The electrical law of a cell at one moment: bulk, grain boundary, constriction, two interfaces and diffusion in series, a leak and
/// stray capacitance across them, leads and inductance before them. One law for direct and alternating current: interfaces are
/// V0 asinh(I R/V0) (Butler-Volmer in its symmetric form), and an impedance is dV/dI at the bias.
/// </summary>
internal sealed class CellCircuit
{
    private const int Rounds = 40;

    private readonly CircuitArc[] _arcs = new CircuitArc[5];

    public double BulkOhms { get; private set; }

    public double BoundaryOhms { get; private set; }

    public double ConstrictionOhms { get; private set; }

    public double WorkingOhms { get; private set; }

    public double CounterOhms { get; private set; }

    public double DiffusionOhms { get; set; }

    public double DiffusionSeconds { get; set; }

    public double SofteningVolts { get; set; }

    public double StrayFarads { get; set; }

    public double LeadOhms { get; set; }

    public double Henries { get; set; }

    /// <summary>Conductance across the cell, S: electronic leakage, soft or hard short.</summary>
    public double LeakSiemens { get; set; }

    /// <summary>Voltage at rest, V.</summary>
    public double OffsetVolts { get; set; }

    /// <summary>Without sine and short, at zero bias, Ω.</summary>
    public double TotalOhms => BulkOhms + BoundaryOhms + ConstrictionOhms + WorkingOhms + CounterOhms;

    /// <summary>Sets the series arcs: resistance, time constant (s) and exponent each.</summary>
    public void Set(CircuitArc bulk, CircuitArc boundary, CircuitArc constriction, CircuitArc working, CircuitArc counter)
    {
        (_arcs[0], _arcs[1], _arcs[2], _arcs[3], _arcs[4]) = (bulk, boundary, constriction, working, counter);
        (BulkOhms, BoundaryOhms, ConstrictionOhms) = (bulk.Ohms, boundary.Ohms, constriction.Ohms);
        (WorkingOhms, CounterOhms) = (working.Ohms, counter.Ohms);
    }

    /// <summary>Voltage at the leads at a current, V.</summary>
    /// <param name="amperes">Current, A.</param>
    /// <param name="extraVolts">Overvoltage of diffusion, V.</param>
    public double Volts(double amperes, double extraVolts) => Inner(Through(amperes, extraVolts), extraVolts) + (amperes * LeadOhms);

    /// <summary>Current at a voltage at the leads, A.</summary>
    public double Amperes(double volts, double extraVolts)
    {
        // Newton on the current through the cell itself: both laws rise with it and the second derivative is small.
        double inner = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var across = Inner(inner, extraVolts);
            var slope = Slope(inner);
            var miss = across + (LeadOhms * (inner + (LeakSiemens * across))) - volts;
            var step = miss / (slope + (LeadOhms * (1 + (LeakSiemens * slope))));
            inner -= step;
            if (Math.Abs(step) <= 1e-15 + (1e-12 * Math.Abs(inner)))
                break;
        }

        return inner + (LeakSiemens * Inner(inner, extraVolts));
    }

    /// <summary>Differential impedance at a bias under a sine of some amplitude, Ω; Im below 0 is capacitive.</summary>
    /// <param name="hertz">Frequency, Hz.</param>
    /// <param name="biasAmperes">Direct current, A.</param>
    /// <param name="sineAmperes">Amplitude of the current, A; 0 for an infinitely small one.</param>
    /// <param name="extraVolts">Overvoltage of diffusion, V.</param>
    public Complex Impedance(double hertz, double biasAmperes, double sineAmperes, double extraVolts = 0)
    {
        var omega = 2 * Math.PI * hertz;
        var log = Math.Log(omega);
        var bias = Through(biasAmperes, extraVolts);
        var inner = _arcs[0].Impedance(log) + _arcs[2].Impedance(log);
        if (BoundaryOhms > 0)
            inner += _arcs[1].Impedance(log);
        inner += Interface(_arcs[3], log, bias, sineAmperes) + Interface(_arcs[4], log, bias, sineAmperes);
        if (DiffusionOhms > 0)
        {
            var root = Complex.Sqrt(new Complex(0, omega * DiffusionSeconds));
            inner += DiffusionOhms * Complex.Tanh(root) / root;
        }

        var across = new Complex(LeakSiemens, omega * StrayFarads);
        return new Complex(LeadOhms, omega * Henries) + (1 / ((1 / inner) + across));
    }

    /// <summary>The part of a current that goes through the cell itself and not through the leak, A.</summary>
    public double Through(double amperes, double extraVolts)
    {
        if (LeakSiemens == 0)
            return amperes;
        var total = TotalOhms;
        var inner = (amperes - (LeakSiemens * (OffsetVolts + extraVolts))) / (1 + (LeakSiemens * total));
        for (var i = 0; i < Rounds; i++)
        {
            var step = (inner + (LeakSiemens * Inner(inner, extraVolts)) - amperes) / (1 + (LeakSiemens * Slope(inner)));
            inner -= step;
            if (Math.Abs(step) <= 1e-15 + (1e-12 * Math.Abs(inner)))
                break;
        }

        return inner;
    }

    private double Inner(double amperes, double extraVolts) =>
        (amperes * (BulkOhms + BoundaryOhms + ConstrictionOhms)) + Soft(WorkingOhms, amperes) + Soft(CounterOhms, amperes) + OffsetVolts + extraVolts;

    private double Slope(double amperes) =>
        BulkOhms + BoundaryOhms + ConstrictionOhms + Differential(WorkingOhms, amperes) + Differential(CounterOhms, amperes);

    private double Soft(double ohms, double amperes) => SofteningVolts * Math.Asinh(amperes * ohms / SofteningVolts);

    private double Differential(double ohms, double amperes)
    {
        var x = amperes * ohms / SofteningVolts;
        return ohms / Math.Sqrt(1 + (x * x));
    }

    /// <summary>
    /// An interface under bias and sine. The sine that crosses its resistance is what its own capacitance leaves of it; the fundamental
    /// answers with V' + V''' a²/8 (third-order expansion of the asinh law).
    /// </summary>
    private Complex Interface(in CircuitArc arc, double log, double bias, double sine)
    {
        var x = bias * arc.Ohms / SofteningVolts;
        var square = 1 + (x * x);
        var softened = arc.With(arc.Ohms / Math.Sqrt(square));
        if (sine <= 0)
            return softened.Impedance(log);
        var y = sine * softened.Impedance(log).Magnitude / SofteningVolts * Math.Sqrt(square);
        var third = y * y / 8 * ((2 * x * x) - 1) / (square * square);
        return softened.With(softened.Ohms * Math.Max(0.2, 1 + third)).Impedance(log);
    }
}

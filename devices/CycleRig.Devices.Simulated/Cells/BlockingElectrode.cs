namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// The double layer of blocking electrodes, with slow charging by three branches in parallel whose time constants span three decades, as the
/// tails of measured transients do (assumed). What stays is the electronic current.
/// </summary>
internal static class BlockingElectrode
{
    private static readonly double[] TauSeconds = [10, 100, 1000];

    /// <summary>Stands for infinite, Ω.</summary>
    private const double Ohms = 1e13;

    /// <summary>
    /// The double layer as an arc that never closes. Its constant phase element is R_s/(jωR_sC)ⁿ: the capacitance is that which charges
    /// through the pellet's resistance R_s (Brug 1984, doi 10.1016/S0022-0728(84)80324-1), whatever the exponent.
    /// </summary>
    /// <param name="farads">C, F.</param>
    /// <param name="pelletOhms">R_s, Ω.</param>
    /// <param name="exponent">n.</param>
    public static CircuitArc Arc(double farads, double pelletOhms, double exponent) =>
        new(Ohms, pelletOhms * farads * Math.Pow(Ohms / pelletOhms, 1 / exponent), exponent);

    /// <summary>Current of the branches at a voltage, A.</summary>
    public static double Amperes(CellState state, double farads, double volts)
    {
        double sum = 0;
        for (var i = 0; i < state.BlockedVolts.Length; i++)
            sum += farads / TauSeconds[i] * (volts - state.BlockedVolts[i]);
        return sum;
    }

    /// <summary>
    /// Lets the double layer take a current for some time, beside what leaks and what the branches take; the branches follow. The current
    /// into it is exactly integrated with the branches as they were.
    /// </summary>
    /// <param name="state">The cell.</param>
    /// <param name="farads">Capacitance of an electrode, F; the two are in series.</param>
    /// <param name="leakSiemens">Electrons across the cell, S.</param>
    /// <param name="amperes">Current, A.</param>
    /// <param name="seconds">How long, s.</param>
    public static void Charge(CellState state, double farads, double leakSiemens, double amperes, double seconds)
    {
        if (state.BlockedVolts.Length == 0)
            state.BlockedVolts = new double[TauSeconds.Length];
        double siemens = leakSiemens, driven = amperes;
        for (var i = 0; i < TauSeconds.Length; i++)
        {
            siemens += farads / TauSeconds[i];
            driven += farads / TauSeconds[i] * state.BlockedVolts[i];
        }

        var end = driven / siemens;
        state.BlockedCellVolts = end + ((state.BlockedCellVolts - end) * Math.Exp(-seconds * siemens / (farads / 2)));
        for (var i = 0; i < TauSeconds.Length; i++)
            state.BlockedVolts[i] += (state.BlockedCellVolts - state.BlockedVolts[i]) * (1 - Math.Exp(-seconds / TauSeconds[i]));
    }
}

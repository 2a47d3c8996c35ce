namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// What a cell says, after one of its sweeps, of the temperature in its chamber: its thermometer, and what its resistances say beyond that since
/// its reference. From its own data alone: no cell repeats what another has said.
/// </summary>
/// <param name="Source">Channel or recording.</param>
/// <param name="Epoch">Its references so far: values of two epochs have no common zero.</param>
/// <param name="Sweeps">Sweeps since the reference.</param>
/// <param name="IsResting">Whether no current has flowed since the reference: nothing grows.</param>
/// <param name="TimeSeconds">When R_bulk was measured, s.</param>
/// <param name="LaggedCelsius">Its thermometer, <see cref="ThermalLag.Seconds"/> behind, °C.</param>
/// <param name="Kelvins">What R_bulk says beyond the thermometer, K.</param>
/// <param name="Sd">Standard deviation of that, K.</param>
/// <param name="InterfaceKelvins">What R_int says, K.</param>
/// <param name="InterfaceSd">Standard deviation of that, K.</param>
public readonly record struct NeighbourTemperature(
    string Source, int Epoch, int Sweeps, bool IsResting, double TimeSeconds, double LaggedCelsius, double Kelvins, double Sd, double InterfaceKelvins, double InterfaceSd);

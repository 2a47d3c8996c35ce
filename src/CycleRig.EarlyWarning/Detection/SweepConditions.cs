using System.Text.Json.Serialization;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>What a spectrum was measured at.</summary>
/// <param name="TimeSeconds">When R_bulk was measured, s.</param>
/// <param name="Celsius">Thermometer, °C.</param>
/// <param name="LaggedCelsius">As the cell feels it, <see cref="ThermalLag.Seconds"/> behind, °C.</param>
/// <param name="FastCelsius">As a small cell would, °C.</param>
/// <param name="SlowCelsius">As a large one would, °C.</param>
/// <param name="LogInterface">ln R_int at 30 °C.</param>
/// <param name="InterfaceSd">Standard error of that.</param>
/// <param name="Amperes">Direct current, A.</param>
/// <param name="CommonKelvins">What of the temperatures the neighbours said, K.</param>
/// <param name="Megapascals">Stack pressure, MPa; 0 where there is no press or nobody knows.</param>
public readonly record struct SweepConditions(
    double TimeSeconds, double Celsius, double LaggedCelsius, double FastCelsius, double SlowCelsius, double LogInterface, double InterfaceSd, double Amperes, double CommonKelvins = 0,
    double Megapascals = 0)
{
    /// <summary>Thermometer, without what the neighbours said, °C.</summary>
    [JsonIgnore]
    public double OwnCelsius => Celsius - CommonKelvins;

    /// <summary>The same with what the neighbours say.</summary>
    /// <param name="kelvins">The cell above its thermometer, K; 0 takes back what they said before.</param>
    public SweepConditions With(double kelvins)
    {
        var warmer = kelvins - CommonKelvins;
        return this with
        {
            Celsius = Celsius + warmer, LaggedCelsius = LaggedCelsius + warmer, FastCelsius = FastCelsius + warmer, SlowCelsius = SlowCelsius + warmer, CommonKelvins = kelvins,
        };
    }
}

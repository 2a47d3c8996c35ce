using System.Text.Json.Serialization;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>What one neighbour says of how the chamber has left a cell's thermometer.</summary>
/// <param name="Said">What it said last.</param>
/// <param name="Offset">To the zero that all of them have in common, K.</param>
/// <param name="ZeroVariance">Of that, K²: of what the others said when it joined them.</param>
/// <param name="Value">The chamber above the cell's thermometer, from that zero, K.</param>
public readonly record struct ChamberModeMember(NeighbourTemperature Said, double Offset, double ZeroVariance, double Value)
{
    /// <summary>A cell's own wander about its chamber, K: no neighbour is a better thermometer.</summary>
    private const double Wander = 0.018;

    /// <summary>Variance of the value, K².</summary>
    [JsonIgnore]
    public double Variance => (Said.Sd * Said.Sd) + ZeroVariance + (Wander * Wander);
}

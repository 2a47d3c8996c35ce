using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// A change of one kind that may have begun after one sweep. It is the response of the filter's innovations to a change of unit slope
/// (Willsky and Jones 1976, doi 10.1109/TAC.1976.1101146): matched with the innovations that were seen it gives the slope, and
/// how sure it is.
/// </summary>
/// <param name="Kind">What it may be.</param>
/// <param name="OnsetSeconds">Last sweep before it, s.</param>
/// <param name="OnsetPassed">Charge passed by then, A h.</param>
/// <param name="OnsetCelsius">Thermometer then, °C.</param>
/// <param name="OnsetLogInterface">ln R_int then.</param>
/// <param name="OnsetMegapascals">Stack pressure then, MPa; 0 where it is not known.</param>
/// <param name="Sweeps">Sweeps since.</param>
/// <param name="Response">What of a unit change the filter has taken into its state by now.</param>
/// <param name="Match">Sum of response times innovation over variance.</param>
/// <param name="Information">Sum of response squared over variance.</param>
public readonly record struct Signature(
    SignatureKind Kind, double OnsetSeconds, double OnsetPassed, double OnsetCelsius, double OnsetLogInterface, double OnsetMegapascals, int Sweeps,
    ImmutableArray<double> Response, double Match, double Information)
{
    /// <summary>Standard deviations from no change.</summary>
    [JsonIgnore]
    public double Statistic => Information > 0 ? Match / Math.Sqrt(Information) : double.NegativeInfinity;

    /// <summary>Most likely slope, in units of the change.</summary>
    [JsonIgnore]
    public double Slope => Information > 0 ? Match / Information : 0;
}

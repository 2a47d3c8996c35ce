using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Impedance;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Validity;
using CycleRig.Reports.Protocols;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Verdicts;

/// <summary>A spectrum behind a verdict: its fit, whether it can be believed, and what the direct current says beside it.</summary>
/// <param name="Spectrum">The points.</param>
/// <param name="IsPart">Whether the sweep was cut: points above 1 kHz alone.</param>
/// <param name="Reading">What the live fit says.</param>
/// <param name="Points">The points that the fit took, falling in frequency, with its impedances; none where it could not be used.</param>
/// <param name="Check">The verdict of the Kramers-Kronig check; null with fewer than two points.</param>
/// <param name="DirectOhms">Voltage over direct current, median of the samples about the sweep, Ω; NaN at rest.</param>
/// <param name="LowestHertz">The lowest frequency, Hz; NaN without points.</param>
/// <param name="LowestOhms">Re Z there, Ω.</param>
public sealed record SpectrumEvidence(
    Spectrum Spectrum,
    bool IsPart,
    CellReading Reading,
    ImmutableArray<ModelledPoint> Points,
    SpectrumVerdict? Check,
    double DirectOhms,
    double LowestHertz,
    double LowestOhms)
{
    /// <summary>Samples from so long before a sweep tell the direct current of one that was cut after seconds.</summary>
    public const double BeforeSeconds = 10;

    /// <summary>Residual, root mean square over both parts, relative to |Z|; NaN without a fit.</summary>
    public double Residual => Points.IsEmpty
        ? double.NaN
        : Math.Sqrt(Points.Average(point => (point.Residual.Real * point.Residual.Real) + (point.Residual.Imaginary * point.Residual.Imaginary)) / 2);

    /// <summary>Puts it together.</summary>
    /// <param name="sweep">The sweep with its reading.</param>
    /// <param name="isPart">Whether it was cut.</param>
    /// <param name="samples">From <see cref="BeforeSeconds"/> before it to its end.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    internal static SpectrumEvidence Of(FittedSweep sweep, bool isPart, IEnumerable<Sample> samples, double areaSquareCentimetres)
    {
        var spectrum = sweep.Spectrum;
        var lowest = spectrum.Points.Where(ImpedanceData.IsUsable).Cast<SpectrumPoint?>().MinBy(point => point!.Value.FrequencyHz);
        var direct = samples.Where(sample => double.IsFinite(sample.Volts) && !RestingCurrent.Is(sample.CurrentAmperes, areaSquareCentimetres))
            .Select(sample => sample.Volts / sample.CurrentAmperes).Where(double.IsFinite).Median();
        return new(
            spectrum, isPart, sweep.Reading, CellModel.Of(spectrum, sweep.Reading, sweep.Previous),
            spectrum.Points.Length < 2 ? null : SpectrumCheck.Check([.. spectrum.Points.Select(point => new RawPoint(point.FrequencyHz, point.RealOhms, point.ImaginaryOhms, point.TimeSeconds))]),
            sweep.Reading.CurrentAmperes == 0 ? double.NaN : direct, lowest?.FrequencyHz ?? double.NaN, lowest?.RealOhms ?? double.NaN);
    }
}

using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Tests.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>A sound cell, a sweep each minute, to which something happens at once and for good: its points are changed as circuit theory says, and fitted as always.</summary>
public sealed class ShuntTests
{
    private const int Sweep = 30;
    private const int Minutes = 45;

    private static readonly IReadOnlyList<Spectrum> Sound = SyntheticRecording.Make(seed: 5, Minutes).Spectra();

    /// <summary>A conductor of so many times R_bulk beside the cell, Z/(1 + GZ): 2 to 17 % of R_bulk, and 12 to 60 % of the voltage.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(20)]
    [InlineData(5)]
    public void A_shunt_that_stays_warns_at_once_and_halts_with_the_second_sweep(double bulks)
    {
        var siemens = 1 / (bulks * 2460);
        var said = Assess(point => Divided(point, siemens));
        Assert.All(said.Take(Sweep), verdict => Assert.True(verdict.Level < WarningLevel.Warning, verdict.Detail));
        Assert.Equal((WarningLevel.Warning, false), (said[Sweep].Level, said[Sweep].Valid));
        Assert.Contains("as beside a shunt", said[Sweep].Detail, StringComparison.Ordinal);
        Assert.Equal(WarningLevel.Halt, said[Sweep + 1].Level);
        var evidence = said[Sweep + 1].Evidence!;
        Assert.Equal("short", evidence.Hypotheses[0].Name);
        Assert.True(evidence.Statistic > evidence.Threshold);
        Assert.True(evidence.Hypotheses.Single(one => one.Name == "other").LogLikelihoodGain < evidence.Hypotheses[0].LogLikelihoodGain - 5, "a lead or a range explains R_int as well");
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.05)]
    [InlineData(0.15)]
    public void A_lead_or_a_range_that_changes_as_much_does_not_halt(double share)
    {
        Assert.All(Assess(point => point with { RealOhms = point.RealOhms - (share * 2460) }), verdict => Assert.True(verdict.Level < WarningLevel.Halt, verdict.Detail));
        Assert.All(Assess(point => point with { RealOhms = (1 - share) * point.RealOhms, ImaginaryOhms = (1 - share) * point.ImaginaryOhms }), verdict => Assert.True(verdict.Level < WarningLevel.Halt, verdict.Detail));
    }

    /// <summary>Of 1 kΩ and 9 kΩ in series, 90 kΩ beside them leave 9 kΩ; beside the first alone they leave 989 Ω.</summary>
    [Fact]
    public void R_int_falls_as_the_conductance_of_bulk_and_interface_says() =>
        Assert.Equal(Math.Log(9000 / (9000 - (90e3 / 91))), Shunt.InterfaceFall(1000, 9000, Math.Log(91.0 / 90)), 1e-9);

    private static List<Assessment> Assess(Func<SpectrumPoint, SpectrumPoint> change)
    {
        var state = AssessorState.Initial;
        var said = new List<Assessment>();
        foreach (var (spectrum, sweep) in Sound.Select((spectrum, sweep) => (spectrum, sweep)))
        {
            var measured = sweep < Sweep ? spectrum : spectrum with { Points = [.. spectrum.Points.Select(change)] };
            (state, var verdict, _) = SpectrumAssessor.Assess(state, measured, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
            said.Add(verdict);
        }

        return said;
    }

    private static SpectrumPoint Divided(SpectrumPoint point, double siemens)
    {
        var z = new System.Numerics.Complex(point.RealOhms, point.ImaginaryOhms);
        var shunted = z / (1 + (siemens * z));
        return point with { RealOhms = shunted.Real, ImaginaryOhms = shunted.Imaginary };
    }
}

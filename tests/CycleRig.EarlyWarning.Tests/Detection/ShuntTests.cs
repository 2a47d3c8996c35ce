using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Tests.Replay;
using CycleRig.Impedance.Cells;
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
        Assert.All(Assess(point => point with { RealOhms = point.RealOhms - (share * 2460) }), verdict => Assert.True(verdict.Level < WarningLevel.Halt && !verdict.Detail.Contains("as beside a shunt", StringComparison.Ordinal), verdict.Detail));
        Assert.All(Assess(point => point with { RealOhms = (1 - share) * point.RealOhms, ImaginaryOhms = (1 - share) * point.ImaginaryOhms }), verdict => Assert.True(verdict.Level < WarningLevel.Halt && !verdict.Detail.Contains("as beside a shunt", StringComparison.Ordinal), verdict.Detail));
    }

    /// <summary>Of 1 kΩ and 9 kΩ in series, 90 kΩ beside them leave 9 kΩ; beside the first alone they leave 989 Ω.</summary>
    [Fact]
    public void R_int_falls_as_the_conductance_of_bulk_and_interface_says() =>
        Assert.Equal(Math.Log(9000 / (9000 - (90e3 / 91))), Shunt.InterfaceFall(9, Math.Log(91.0 / 90)), 1e-9);

    /// <summary>Of 500 Ω, 5 % of it constriction, and 20 kΩ, contact that improves by two fifths makes 494 Ω and 12 kΩ: R_bulk may go with √R_int by itself.</summary>
    [Fact]
    public void Contact_that_improves_at_once_is_no_shunt_where_R_int_is_large()
    {
        var before = Pair(500, 20e3);
        var contact = Pair(500 * (0.95 + (0.05 * Math.Sqrt(0.6))), 12e3);
        Assert.Null(Shunt.Between(before, contact, 0, 30, DetectorSettings.Default));
        // And 20 kΩ beside it can not be told from that.
        var shunted = Pair(1 / ((1 / 500.0) + 5e-5), (1 / ((1 / 20.5e3) + 5e-5)) - (1 / ((1 / 500.0) + 5e-5)));
        Assert.Null(Shunt.Between(before, shunted, 0, 30, DetectorSettings.Default));
        // Where R_int is smaller, the same share of R_bulk is more than contact explains.
        var small = Pair(1 / ((1 / 500.0) + 5e-5), (1 / ((1 / 3500.0) + 5e-5)) - (1 / ((1 / 500.0) + 5e-5)));
        Assert.NotNull(Shunt.Between(Pair(500, 3000), small, 0, 30, DetectorSettings.Default));

        static ResistancePair Pair(double bulk, double contact) => new(Math.Log(bulk), 5e-4, Math.Log(contact), 1e-3, contact / bulk);
    }

    /// <summary>50 times R_bulk beside 300 Ω and 1.1 kΩ. At 100 °C the resistances at 30 °C stand in another proportion by exp(0.08 eV/k (1/303 K - 1/373 K)), 1.78.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1.78)]
    public void A_conductor_divides_the_resistances_that_the_cell_has_at_its_temperature(double interfaceAtThirtyDegrees)
    {
        const double siemens = 1 / (50 * 300.0);
        var bulk = 300 / (1 + (siemens * 300));
        Assert.NotNull(Shunt.Between(Pair(300, 1100), Pair(bulk, (1400 / (1 + (siemens * 1400))) - bulk), 0, 100, DetectorSettings.Default));

        ResistancePair Pair(double bulk, double contact) => new(Math.Log(bulk), 5e-4, Math.Log(contact * interfaceAtThirtyDegrees), 1e-3, contact / bulk);
    }

    [Fact]
    public void A_sweep_at_rest_goes_on_with_a_shunt_that_was_seen_under_current_and_begins_none()
    {
        var (state, shunted) = Before(20);
        var rest = shunted with { CurrentAmperes = 0, AmperesPerSquareCentimetre = 0 };
        Assert.True(Detector.Assess(state, rest, DetectorSettings.Default).Level < WarningLevel.Halt);
        Assert.Equal(0, Detector.Assess(state, rest, DetectorSettings.Default).Next.Shunts);
        var first = Detector.Assess(state, shunted, DetectorSettings.Default);
        Assert.Equal(WarningLevel.Warning, first.Level);
        Assert.Equal(WarningLevel.Halt, Detector.Assess(first.Next, rest with { TimeSeconds = rest.TimeSeconds + 60 }, DetectorSettings.Default).Level);
    }

    [Fact]
    public void A_clock_that_is_set_back_between_two_shunted_sweeps_holds_no_halt_up()
    {
        var (state, shunted) = Before(20);
        var said = new List<WarningLevel>();
        foreach (var seconds in (double[])[0, -5000, -4940, -4880])
        {
            var verdict = Detector.Assess(state, shunted with { TimeSeconds = shunted.TimeSeconds + seconds }, DetectorSettings.Default);
            state = verdict.Next;
            said.Add(verdict.Level);
        }

        Assert.Equal([WarningLevel.Warning, WarningLevel.Warning, WarningLevel.Warning, WarningLevel.Halt], said);
    }

    /// <summary>A conductor of R_bulk takes half of it: whatever kind of sweep sees it next halts.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_shunt_of_three_tenths_and_more_is_confirmed_by_a_sentinel_sweep_as_well(bool firstIsSentinel, bool secondIsSentinel)
    {
        var (state, shunted) = Before(1);
        var first = Detector.Assess(state, shunted with { BulkOnly = firstIsSentinel }, DetectorSettings.Default);
        Assert.Equal(WarningLevel.Warning, first.Level);
        Assert.Equal(WarningLevel.Halt, Detector.Assess(first.Next, shunted with { BulkOnly = secondIsSentinel, TimeSeconds = shunted.TimeSeconds + 30 }, DetectorSettings.Default).Level);
    }

    /// <summary>The state before the sweep in which a conductor of so many times R_bulk is there, and the reading of that sweep.</summary>
    private static (DetectorState State, CellReading Shunted) Before(double bulks)
    {
        var state = AssessorState.Initial;
        foreach (var spectrum in Sound.Take(Sweep))
            (state, _, _) = SpectrumAssessor.Assess(state, spectrum, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
        var reading = SpectrumAssessor.Assess(state, Sound[Sweep], SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default).Reading;
        var siemens = 1 / (bulks * reading.BulkOhms);
        var (bulk, whole) = (reading.BulkOhms / (1 + (siemens * reading.BulkOhms)), reading.BulkOhms + reading.InterfaceOhms);
        return (state.Detector, reading with { BulkOhms = bulk, InterfaceOhms = (whole / (1 + (siemens * whole))) - bulk });
    }

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

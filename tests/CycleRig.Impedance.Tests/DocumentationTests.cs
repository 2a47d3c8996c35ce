using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using System.Text;
using CycleRig.Core.Quantities;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Derived;
using CycleRig.Impedance.Files;
using CycleRig.Impedance.Fitting;
using CycleRig.Impedance.Relaxation;
using CycleRig.Impedance.Tests.Files;
using CycleRig.Impedance.Validity;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests;

/// <summary>The guide docs/impedance.md: its samples stand here, between `sample` and `end`, compile and run; its tables are those of the code.</summary>
public sealed class DocumentationTests
{
    private static readonly Circuit Circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");

    private static string Guide => File.ReadAllText(Path.Combine(SharedData.ProjectRoot(), "docs", "impedance.md"));

    [Fact]
    public void Every_sample_of_the_guide_stands_in_this_file()
    {
        var samples = Samples();
        var blocks = Guide.Split("```csharp\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)].TrimEnd()).ToList();
        Assert.Equal(samples.Count, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(block, samples));
    }

    [Fact]
    public void The_table_of_elements_is_that_of_the_library()
    {
        var rows = Guide.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ").Select(cell => cell.Trim('|', ' ')).ToArray())
            .Where(cells => ElementLibrary.Standard[cells[0].Trim('`')] is not null && cells.Length == 3).ToDictionary(cells => cells[0].Trim('`'), cells => cells[2]);
        Assert.Equal(ElementLibrary.Standard.Kinds.Select(kind => kind.Symbol).Order(), rows.Keys.Order());
        Assert.All(ElementLibrary.Standard.Kinds, kind => Assert.Equal(
            string.Join(", ", kind.Parameters.Select(parameter => parameter.Unit.Length > 0 ? $"{parameter.Name} in {parameter.Unit}" : parameter.Name)), rows[kind.Symbol]));
    }

    [Fact]
    public void The_table_of_formats_has_every_format_that_is_read() => Assert.All(SpectrumFixtures.All, fixture =>
        Assert.Contains($"| {SpectrumFile.Read(fixture.Name, fixture.Content)[0].Format} |", Guide, StringComparison.Ordinal));

    [Fact]
    public void The_circuits_of_the_guide_are_those_of_the_library() => Assert.All(CircuitSelection.Library, text => Assert.Contains($"`{text}`", Guide, StringComparison.Ordinal));

    [Fact]
    public void The_fitting_samples_run()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, GarnetSweep.Csv(1));
        try
        {
            Assert.Equal(16000, Fitted(path)["R2"], 100.0);
            var data = SpectrumFile.Read(path)[0].Data;
            Constrained(data);
            Errors(data);
            Assert.Equal(SpectrumGrade.Good, Checked(data));
            Assert.Equal(2, Relaxations(data).Peaks.Length);
            Chosen(data);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_samples_of_changing_cells_run()
    {
        ImpedanceData[] sweeps = [.. Enumerable.Range(0, 3).Select(i => Read(GarnetSweep.Csv(i, 16000 - (500 * i), -0.1, 60 * i)))];
        Assert.Equal(-0.1, Drifting(sweeps[0]), 0.02);
        Assert.Equal(3, Series(sweeps).Length);
    }

    [Fact]
    public void The_samples_of_sweeps_that_have_not_ended_run()
    {
        var data = Read(GarnetSweep.Csv(1));
        var (circuit, noise) = (Circuit, LinearKramersKronig.Noise(data));
        var rest = CircuitFit.Fit(circuit, data, FitOptions.Default with { Noise = noise });
        var points = data.FrequenciesHz.Select((hertz, i) => (hertz, new System.Numerics.Complex(data.RealOhms[i], data.ImaginaryOhms[i])));
        // sample
        var tracker = new BulkArcTracker(circuit, rest, restNoise: noise, BulkArcOptions.Default);
        tracker.Begin(); // At the start of each sweep.
        foreach (var (hertz, ohms) in points)
        {
            var reading = tracker.Add(hertz, ohms.Real, ohms.Imaginary);
            if (reading.IsDetermined)
                Console.WriteLine($"R1 = {reading.BulkOhms} Ω to {reading.RelativeSd:P2} after {reading.Points} points");
        }
        // end
        // sample
        var plan = SweepPlanner.Plan(circuit, rest.Values, SweepPlanOptions.Sentinel(circuit, "R1") with { Noise = noise, OverheadSeconds = 0.3, Points = 10 });
        Console.WriteLine($"{string.Join(", ", plan.FrequenciesHz)} Hz: {plan.RelativeSd:P3} in {plan.DurationSeconds} s");
        // end
        Assert.Equal(10, plan.FrequenciesHz.Length);
        Assert.InRange(plan.RelativeSd, 0, 0.002);
    }

    [Fact]
    public void The_element_of_the_guide_is_that_of_the_library()
    {
        var library = ElementLibrary.Standard.With(new LossyCapacitor());
        double[] values = [50, 1e-9, 0.02];
        // sample
        var lossy = Circuit.Parse("R0-Cl1", library);
        // end
        var z = lossy.Impedance(1000, values);
        Assert.Equal(0, (z - (50 + (1 / (new System.Numerics.Complex(0.02, 1) * 2 * Math.PI * 1000 * 1e-9)))).Magnitude / z.Magnitude, 1e-12);
    }

    [Fact]
    public void The_samples_of_derived_results_run()
    {
        // sample
        var pellet = new PelletGeometry(Length.FromMillimetres(1.2), Length.FromMillimetres(2)) { SpreadingFactor = 0.65 };
        var sigma = ConductivityFromGeometry.Of(new(3790), new(6), pellet);

        ArrheniusPoint Point(double celsius, double siemensPerCentimetre) =>
            new(Temperature.FromCelsius(celsius), Conductivity.FromSiemensPerCentimetre(siemensPerCentimetre), new(0));
        var law = ArrheniusFit.Fit([Point(25, 3.2e-4), Point(40, 6.6e-4), Point(55, 1.27e-3), Point(70, 2.3e-3)], ArrheniusForm.WithTemperature);
        // end
        Assert.InRange(sigma.Value.MillisiemensPerCentimetre, 0.5, 1);
        Assert.InRange(law.Energy.ElectronVolts, 0.3, 0.5);
        double[] seconds = [.. Enumerable.Range(1, 400).Select(i => 10.0 * i)];
        ImmutableArray<double> times = [.. seconds];
        ImmutableArray<double> currents = [.. seconds.Select(t => 2e-9 + (1e-8 * Math.Exp(-t / 300)) + (1e-12 * Math.Sin(t)))];
        ImmutableArray<double> volts = [.. Enumerable.Range(-5, 11).Select(i => 0.01 * i)];
        ImmutableArray<double> amperes = [.. volts.Select(v => v / 40 + (1e-8 * Math.Cos(1e4 * v)))];
        // sample
        var electronic = ElectronicConductivity.Of(times, currents, Voltage.FromMillivolts(100), pellet, floor: new(1e-11));
        var sweep = OhmicSweep.Of(volts, amperes, pellet.Thickness);
        // end
        Assert.Equal(2e-9, electronic.SteadyCurrent.Amperes, 1e-10);
        Assert.Equal(40, sweep.Resistance!.Value.Ohms, 0.1);
    }

    private static FitResult Fitted(string path)
    {
        // sample
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        var data = SpectrumFile.Read(path)[0].Data;
        var options = FitOptions.Default with { Noise = LinearKramersKronig.Noise(data), RejectAbove = 5 };
        var fit = CircuitFit.Fit(circuit, data, options);
        if (fit.Converged)
            Console.WriteLine($"R1 = {fit["R1"]} ± {fit.StandardErrors[1]} Ω, reduced χ² {fit.ReducedChiSquare}");
        // end
        return fit;
    }

    private static void Constrained(ImpedanceData data)
    {
        // sample
        var description = CircuitDescription.Read("R{R=50F}(R{R=4000/100/1e5}Q{Y=6e-11,n=0.95})(R{R=2e4}Q{Y=1e-6,n=0.9})");
        var fit = CircuitFit.Fit(description.Circuit, data, FitOptions.Default with
        {
            Start = [.. description.Values.Select(value => value!.Value)],
            Fixed = ["R0"],
            Bounds = ImmutableDictionary<string, ParameterBounds>.Empty.Add("R1", new(100, 1e5)),
            Ties = ImmutableDictionary<string, ParameterTie>.Empty.Add("CPE4_1", new("CPE2_1")), // The same exponent.
            Loss = Loss.Huber,
        });
        // end
        Assert.Equal(50, fit["R0"], 1e-9);
        Assert.Equal(fit["CPE2_1"], fit["CPE4_1"]);
    }

    private static void Errors(ImpedanceData data)
    {
        var (circuit, options) = (Circuit, FitOptions.Default);
        // sample
        var fit = CircuitFit.Fit(circuit, data, options);
        var correlation = fit.Correlation("R0", "CPE1_0");
        var (low, high) = ProfileLikelihood.Interval(circuit, data, fit, options, "R0");
        var drawn = Bootstrap.Run(circuit, data, fit, options, count: 200).Interval("R0");
        // end
        Assert.InRange(fit["R0"], low, high);
        Assert.InRange(fit["R0"], drawn.Low, drawn.High);
        Assert.InRange(correlation, -1, 1);
    }

    private static SpectrumGrade Checked(ImpedanceData data)
    {
        // sample
        var verdict = SpectrumCheck.Check(data);
        Console.WriteLine($"{verdict.Grade}: {verdict.Reason}");
        foreach (var point in verdict.Points.Where(point => point.Grade != PointGrade.Good))
            Console.WriteLine(point.Reason);
        // end
        return verdict.Grade;
    }

    private static RelaxationDistribution Relaxations(ImpedanceData data)
    {
        // sample
        var relaxation = RelaxationTimes.Solve(data);
        foreach (var peak in relaxation.Peaks)
            Console.WriteLine($"{peak.ResistanceOhms} Ω at {peak.TimeConstantSeconds} s");
        // end
        return relaxation;
    }

    private static void Chosen(ImpedanceData data)
    {
        // sample
        Circuit[] circuits = [.. CircuitSelection.Library.Select(text => Circuit.Parse(text))];
        var ranking = CircuitSelection.Rank(circuits, data, FitOptions.Default);
        // An element that says nothing costs less than strong evidence: it is no rival.
        var rivals = ranking.Skip(1).Where(one => one.Excess < CircuitSelection.Strong && one.Fit.AtBounds.IsEmpty && one.Fit.Undetermined.IsEmpty);
        // end
        Assert.Empty(rivals);
        Assert.Equal(Circuit.Text, ranking[0].Circuit.Text);
    }

    private static double Drifting(ImpedanceData data)
    {
        var circuit = Circuit;
        // sample
        var drift = DriftFit.Fit(circuit, data, FitOptions.Default with { ReferenceSeconds = data.TimesSeconds[^1] });
        var atTheEnd = drift.Fit["R2"];
        var change = drift.RelativeChange("R2"); // Of R2, from the first to the last point.
        // end
        Assert.True(atTheEnd > 0);
        return change;
    }

    private static ImmutableArray<FitResult> Series(IReadOnlyList<ImpedanceData> sweeps)
    {
        var circuit = Circuit;
        // sample
        var fits = SeriesFit.Fit(circuit, sweeps, FitOptions.Default);
        // end
        return fits;
    }

    private static ImpedanceData Read(string csv) => SpectrumFile.Read("a.csv", Encoding.UTF8.GetBytes(csv))[0].Data;

    private static List<string> Samples()
    {
        var source = File.ReadAllText(Path.Combine(SharedData.ProjectRoot(), "tests", "CycleRig.Impedance.Tests", "DocumentationTests.cs"));
        return [.. source.Split("// sample\n").Skip(1).Where(part => part.Contains("// end", StringComparison.Ordinal)).Select(part => Dedented(part[..part.IndexOf("// end", StringComparison.Ordinal)]))];
    }

    private static string Dedented(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line));
    }

    // sample
    /// <summary>Cl: a capacitor with a loss angle, Z = 1/((j + δ) ω C).</summary>
    internal sealed class LossyCapacitor() : ElementKind(
        "Cl",
        new ParameterKind("C", "F", ParameterRole.Admittance, Low: 1e-18, High: 1e6, Default: 1e-6),
        new ParameterKind("δ", "", ParameterRole.Ratio, Low: 1e-6, High: 1, Default: 0.01))
    {
        public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
        {
            var admittance = new ComplexVector(block.Omega * (constants[0] * constants[1]), block.Omega * constants[0]);
            var z = admittance.Reciprocal();
            derivatives[0] = -z; // dZ/d ln C
            derivatives[1] = -(z * z * new ComplexVector(admittance.Real, Vector256<double>.Zero)); // dZ/d ln δ
            return z;
        }
    }
    // end
}

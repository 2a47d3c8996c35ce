using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

public sealed class RecipeParametersTests
{
    public static TheoryData<string> Names => [.. CellParameters.All.Select(parameter => parameter.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_of_files_changes_the_recipe(string name)
    {
        var parameter = CellParameters.Find(name)!;
        var recipe = new CellRecipe();
        Assert.NotEqual(RecipeParameters.Set(recipe, name, parameter.Low), RecipeParameters.Set(recipe, name, parameter.High));
    }

    [Fact]
    public void A_value_of_each_dimension_comes_over_from_si()
    {
        Assert.Equal(12, Set("pellet_diameter", 0.012).PelletMillimetres, 1e-9);
        Assert.Equal(1e-3, Set("conductivity", 0.1).Conductivity, 1e-12); // 1 mS/cm
        Assert.Equal(1e-8, Set("electronic_conductivity", 1e-6).ElectronicConductivity, 1e-15);
        Assert.Equal(0.385, Set("bulk_activation", 0.385).BulkActivation);
        Assert.Equal(1e-9, Set("boundary_capacitance", 1e-9).BoundaryFarads);
        Assert.Equal(2000, Set("interface_start", 0.2).InterfaceStart, 1e-9); // 2000 Ω cm²
        Assert.Equal(500, Set("interface_end", 0.05).InterfaceEnd, 1e-9);
        Assert.Equal(0.06, Set("contact_charge", 2160).ContactCharge, 1e-9); // 0.06 mAh/cm² = 0.216 C/cm²
        Assert.Equal(2, Set("pouch_doubling", 172_800).PouchDoubling, 1e-9);
        Assert.Equal(0.8, Set("softening_voltage", 0.8).InterfaceVolts);
        Assert.Equal(1.5, Set("lead_resistance", 1.5).LeadOhms);
        Assert.Equal(4e-7, Set("lead_inductance", 4e-7).Henries);
        Assert.Equal(0.012, Set("temperature_wander", 0.012).WanderKelvins);
        Assert.Equal(3.6, Set("void_pressure", 3.6e6).VoidPressure, 1e-9);
        Assert.Equal(8, Set("critical_density", 80).CriticalDensity, 1e-9); // 8 mA/cm²
        Assert.Equal(10, Set("incubation_charge", 360).IncubationCharge, 1e-9); // 10 µAh/cm² = 36 mC/cm²
        Assert.Equal(41, Set("reserve", 41 * 36_000).ReserveCharge, 1e-9);
        Assert.Equal(50, Set("initial_crack", 50e-6).InitialCrack, 1e-9);
        Assert.Equal(0.57, Set("short_diameter", 0.57e-6).ShortDiameter, 1e-9);
        Assert.Equal(1.2, Set("diffusion", 1.2e-4).DiffusionOhms, 1e-9);
    }

    [Theory]
    [InlineData(1000, 0.74e-3, 0.93)]
    [InlineData(1200, 1.18e-3, 0.99)]
    public void Sintering_sets_density_and_conductivity(double celsius, double siemensPerCentimetre, double density)
    {
        // Tsai 2016, doi 10.1021/acsami.6b00831: 0.71 mS/cm at 92.7 %, 1.18 at 99.0 %.
        Assert.Equal(siemensPerCentimetre, Set("sintering_temperature", celsius + 273.15).Conductivity, 1e-5);
        Assert.Equal(density, Sintering.Density(celsius), 1e-9);
    }

    [Fact]
    public void A_drawn_value_is_cut_at_the_bounds()
    {
        var parameter = CellParameters.Find("working_share")!;
        var draw = new CycleRig.Devices.Simulated.Draws.Draw(1, "recipe");
        List<double> values = [.. Enumerable.Range(0, 200).Select(_ => CellKinds.Value(new Normal(0.5, 2) { Low = parameter.Low, High = parameter.High }, draw))];
        Assert.All(values, value => Assert.InRange(value, parameter.Low, parameter.High));
        Assert.Contains(parameter.Low, values);
        Assert.Contains(parameter.High, values);
        Assert.Equal(Dimension.Energy, CellParameters.Find("bulk_activation")!.Dimension);
    }

    [Fact]
    public void Laws_draw_what_they_say()
    {
        var draw = new CycleRig.Devices.Simulated.Draws.Draw(2, "recipe");
        Assert.Equal(7, CellKinds.Value(new Fixed(7), draw));
        Assert.Equal(2, Mean(new Uniform(1, 3)), 0.02);
        Assert.Equal(99 / Math.Log(100), Mean(new LogUniform(1, 100)), 0.8);
        Assert.Equal(5, Mean(new Normal(5, 1)), 0.03);
        Assert.Equal(3 * Math.Exp(0.125), Mean(new LogNormal(3, 0.5)), 0.06);
        Assert.Equal(2 * Math.Sqrt(Math.PI) / 2, Mean(new Weibull(2, 2)), 0.03);

        double Mean(Distribution law) => Enumerable.Range(0, 20_000).Average(_ => CellKinds.Value(law, draw));
    }

    private static CellRecipe Set(string name, double value) => RecipeParameters.Set(new(), name, value);
}

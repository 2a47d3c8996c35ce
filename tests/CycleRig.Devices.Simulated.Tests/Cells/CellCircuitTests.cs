using System.Numerics;
using CsCheck;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>The electrical law against closed forms and a numerical Fourier integral.</summary>
public sealed class CellCircuitTests
{
    private const double V0 = 0.8;

    [Fact]
    public void At_low_frequency_all_resistances_are_in_series_and_the_leak_across_them()
    {
        var circuit = New();
        Assert.Equal(1 + 2400 + 240 + 20 + 6000 + 10_000, circuit.Impedance(1e-6, 0, 0).Real, 1.0);
        circuit.LeakSiemens = 1e-4;
        Assert.Equal(1 + (18_660 / (1 + (1e-4 * 18_660))), circuit.Impedance(1e-6, 0, 0).Real, 1.0);
    }

    [Fact]
    public void At_high_frequency_only_leads_are_left()
    {
        var circuit = New();
        circuit.StrayFarads = 0;
        var seen = circuit.Impedance(1e12, 0, 0);
        Assert.Equal(1, seen.Real, 0.1);
        Assert.Equal(2 * Math.PI * 1e12 * 0.4e-6, seen.Imaginary, 100.0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1e4)]
    [InlineData(3e6)]
    public void An_impedance_is_the_sum_of_its_arcs_beside_the_stray_capacitance(double hertz)
    {
        var jw = new Complex(0, 2 * Math.PI * hertz);
        var inner = Arc(2400, 5e-9, 0.97) + Arc(240, 2e-7, 0.92) + Arc(20, 2e-6, 0.9) + Arc(6000, 2e-4, 0.86) + Arc(10_000, 3e-4, 0.88);
        var expected = 1 + (jw * 0.4e-6) + (1 / ((1 / inner) + (jw * 8e-12)));
        var seen = New().Impedance(hertz, 0, 0);
        Assert.True((seen - expected).Magnitude < 1e-9 * expected.Magnitude);

        Complex Arc(double ohms, double tau, double n) => ohms / (1 + Complex.Pow(jw * tau, n));
    }

    [Fact]
    public void The_impedance_at_a_bias_is_the_slope_of_the_voltage() =>
        Gen.Double[-5e-4, 5e-4].Sample(amperes =>
        {
            var circuit = New();
            const double step = 1e-8;
            var slope = (circuit.Volts(amperes + step, 0) - circuit.Volts(amperes - step, 0)) / (2 * step);
            Assert.Equal(1, circuit.Impedance(1e-9, amperes, 0).Real / slope, 1e-4);
        });

    [Fact]
    public void Interfaces_soften_as_an_inverse_hyperbolic_sine() =>
        Gen.Double[-1e-3, 1e-3].Sample(amperes =>
        {
            var expected = (amperes * (1 + 2400 + 240 + 20)) + (V0 * Math.Asinh(amperes * 6000 / V0)) + (V0 * Math.Asinh(amperes * 10_000 / V0));
            Assert.Equal(expected, New().Volts(amperes, 0), 1e-12);
        });

    [Theory]
    [InlineData(0, 3e-5)]
    [InlineData(2e-5, 3e-5)]
    [InlineData(1e-4, 3e-5)]
    [InlineData(3e-4, 5e-5)]
    public void A_large_sine_sees_what_the_fundamental_of_the_voltage_says(double bias, double sine)
    {
        const int points = 4000;
        double sum = 0;
        for (var i = 0; i < points; i++)
        {
            var phase = 2 * Math.PI * i / points;
            var amperes = bias + (sine * Math.Sin(phase));
            sum += ((V0 * Math.Asinh(amperes * 6000 / V0)) + (V0 * Math.Asinh(amperes * 10_000 / V0))) * Math.Sin(phase);
        }

        var fundamental = 2.0 / points * sum / sine;
        var circuit = New();
        var small = circuit.Impedance(1e-6, bias, 0).Real - 2661;
        var large = circuit.Impedance(1e-6, bias, sine).Real - 2661;
        // The correction itself to a tenth; what is left is of fifth order.
        Assert.Equal(fundamental - small, large - small, 0.12 * Math.Abs(fundamental - small));
    }

    [Fact]
    public void A_leak_scales_all_arcs_by_one_over_one_plus_GZ()
    {
        var (tight, leaky) = (New(), New());
        leaky.LeakSiemens = 0.1 / tight.TotalOhms;
        foreach (var hertz in (ReadOnlySpan<double>)[1, 100, 1e4])
        {
            var inner = tight.Impedance(hertz, 0, 0) - 1;
            var seen = leaky.Impedance(hertz, 0, 0) - 1;
            var expected = inner / (1 + (leaky.LeakSiemens * inner));
            Assert.True((seen - expected).Magnitude < 1e-3 * expected.Magnitude);
        }

        // V/I falls with them.
        Assert.Equal(1 / 1.1, (leaky.Volts(1e-9, 0) - 1e-9) / (tight.Volts(1e-9, 0) - 1e-9), 1e-3);
    }

    [Fact]
    public void Diffusion_of_a_finite_layer_ends_at_its_resistance()
    {
        var circuit = New();
        (circuit.DiffusionOhms, circuit.DiffusionSeconds) = (100, 60);
        Assert.Equal(100, circuit.Impedance(1e-7, 0, 0).Real - New().Impedance(1e-7, 0, 0).Real, 0.1);
        // Warburg: |Z| goes with the root of the frequency, real and imaginary parts alike.
        var (first, second) = (circuit.Impedance(10, 0, 0) - New().Impedance(10, 0, 0), circuit.Impedance(1000, 0, 0) - New().Impedance(1000, 0, 0));
        Assert.Equal(10, first.Magnitude / second.Magnitude, 0.3);
        Assert.Equal(-1, first.Imaginary / first.Real, 0.03);
    }

    private static CellCircuit New()
    {
        var circuit = new CellCircuit { SofteningVolts = V0, LeadOhms = 1, Henries = 0.4e-6, StrayFarads = 8e-12 };
        circuit.Set(new(2400, 5e-9, 0.97), new(240, 2e-7, 0.92), new(20, 2e-6, 0.9), new(6000, 2e-4, 0.86), new(10_000, 3e-4, 0.88));
        return circuit;
    }
}

using CycleRig.Core.Quantities;
using CycleRig.Impedance.Derived;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

public sealed class ConductivityFromGeometryTests
{
    private static readonly PelletGeometry Pellet = new(Length.FromMillimetres(1.2), Length.FromMillimetres(2));

    /// <summary>The paper's cell: 1.2 mm at 1 mS/cm is 120 Ω cm², 3.82 kΩ on 2 mm.</summary>
    [Fact]
    public void One_hundred_twenty_ohm_square_centimetres_on_1_2_mm_are_1_mS_per_cm()
    {
        var found = ConductivityFromGeometry.Of(new(3819.7), new(0), Pellet);
        Assert.Equal(1, found.Value.MillisiemensPerCentimetre, 1e-4);
        Assert.Equal(120, found.ArealResistanceOhmSquareCentimetres, 0.01);
        Assert.False(found.SpreadingCorrected);
        Assert.EndsWith("spreading not corrected", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Spreading_in_a_wide_pellet_is_taken_out()
    {
        var found = ConductivityFromGeometry.Of(new(3819.7 * 0.64), new(0), Pellet with { SpreadingFactor = 0.64 });
        Assert.Equal(1, found.Value.MillisiemensPerCentimetre, 1e-4);
        Assert.Contains("spreading corrected, f = 0.64", found.ToString(), StringComparison.Ordinal);
    }

    /// <summary>σ ∝ L/(R d²): ±0.05 mm of 2 mm give 5 %, ±10 µm of 1.2 mm 0.83 %, 1 % of R 1 %; in squares 5.166 %.</summary>
    [Fact]
    public void Errors_of_resistance_thickness_and_diameter_add_in_squares()
    {
        var pellet = Pellet with { DiameterStandardError = Length.FromMillimetres(0.05), ThicknessStandardError = Length.FromMicrometres(10) };
        var found = ConductivityFromGeometry.Of(new(3819.7), new(38.197), pellet);
        Assert.Equal(5.1663, 100 * found.StandardError.SiemensPerMetre / found.Value.SiemensPerMetre, 1e-3);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_its_value()
    {
        Assert.Contains("resistance is 0 Ω", Assert.Throws<UnusableDataException>(() => ConductivityFromGeometry.Of(new(0), new(0), Pellet)).Message, StringComparison.Ordinal);
        Assert.Contains("error of the pellet's resistance is -1 Ω", Assert.Throws<UnusableDataException>(() => ConductivityFromGeometry.Of(new(1), new(-1), Pellet)).Message, StringComparison.Ordinal);
        Assert.Contains("thickness is 0", Assert.Throws<UnusableDataException>(() => ConductivityFromGeometry.Of(new(1), new(0), Pellet with { Thickness = default })).Message, StringComparison.Ordinal);
        Assert.Contains("spreading factor is NaN", Assert.Throws<UnusableDataException>(() => ConductivityFromGeometry.Of(new(1), new(0), Pellet with { SpreadingFactor = double.NaN })).Message, StringComparison.Ordinal);
        Assert.Contains("diameter is -1", Assert.Throws<UnusableDataException>(() => ConductivityFromGeometry.Of(new(1), new(0), Pellet with { DiameterStandardError = new(-1) })).Message, StringComparison.Ordinal);
    }
}

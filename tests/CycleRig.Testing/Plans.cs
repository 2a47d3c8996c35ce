using CycleRig.Core.Cells;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;

namespace CycleRig.Testing;

/// <summary>A cell and a plan that tests share: the paper's cell, plated at 0.5 mA/cm².</summary>
public static class Plans
{
    public static Cell Cell { get; } = new(
        "cell-1", Material.Llzto, Area.OfDisc(Length.FromMillimetres(2)), Length.FromMillimetres(2), Length.FromMicrometres(50),
        Length.FromMillimetres(1.2), Length.FromMicrometres(10), Electrode.Lithium, Electrode.Lithium, Surface.Untreated,
        new(new(-5), new(5), Current.FromMilliamperes(0.2), Charge.FromMilliampereHours(0.1),
            Temperature.FromCelsius(10), Temperature.FromCelsius(60), Pressure.FromMegapascals(1), Pressure.FromMegapascals(10)));

    public static InstrumentLimits Instrument { get; } = new(
        Current.FromMilliamperes(10), new(12), new(7e6), new(0.01), SweepOnDirectCurrent: true, CanQueue: true,
        TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50));

    public static SweepRange Sweep { get; } = new(new(7e6), new(0.5), 10, 3);

    public static ChannelPlan Plating { get; } = Of(
        new Settle("settle", Temperature.FromCelsius(30), new(0.5), Pressure.FromMegapascals(5), Pressure.FromMegapascals(0.2), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)),
        new Rest("rest", TimeSpan.FromMinutes(1)),
        new PotentiostaticImpedance("peis", Sweep with { Lowest = new(1) }, Voltage.FromMillivolts(10)),
        new Galvanostatic("plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.5),
            new(null, ArealCapacity.FromMilliampereHoursPerSquareCentimetre(1), null),
            new(Sweep, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromSeconds(60))));

    /// <summary>Plating at the paper's current, with a whole sweep each minute unless something else is said.</summary>
    public static Galvanostatic Plate(double milliamperesPerSquareCentimetre = -0.5, TimeSpan? every = null) => new(
        "plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(milliamperesPerSquareCentimetre), new(null, ArealCapacity.FromMilliampereHoursPerSquareCentimetre(1), null),
        new(Sweep, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), every));

    public static ChannelPlan Of(params Step[] steps) =>
        new("ch-1", Cell, [.. steps], SafetyTerms.Default, Instrument, Current.FromMicroamperes(1));
}

using System.Text.Json.Nodes;
using CycleRig.Core.Cells;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;

namespace CycleRig.Grains.Running;

/// <summary>What cell.json of a run's recording says.</summary>
public static class RunFacts
{
    /// <summary>The content of cell.json, without what the writer adds.</summary>
    /// <param name="channel">Channel and cell.</param>
    /// <param name="protocol">What it runs.</param>
    /// <param name="seed">Seed of a simulated rig.</param>
    public static JsonObject Of(ChannelDescription channel, Protocol protocol, int seed)
    {
        var cell = channel.Cell;
        var plan = PlanCheck.For(channel, protocol);
        var settle = plan.Steps.OfType<Settle>().FirstOrDefault();
        var plating = plan.Steps.OfType<Galvanostatic>().FirstOrDefault();
        var facts = new JsonObject
        {
            ["id"] = cell.Id,
            ["material"] = cell.Material.Name,
            ["electrode"] = new JsonObject { ["working"] = Name(cell.Working), ["counter"] = Name(cell.Counter) },
            ["area_cm2"] = cell.Area.SquareCentimetres,
            ["thickness_mm"] = cell.Thickness.Millimetres,
            ["thickness_sd_mm"] = cell.ThicknessSd.Millimetres,
            ["diameter_mm"] = cell.Diameter.Millimetres,
            ["diameter_sd_mm"] = cell.DiameterSd.Millimetres,
            ["temperature_setpoint_C"] = settle?.Temperature?.Celsius,
            ["pressure_setpoint_MPa"] = settle?.Pressure?.Megapascals ?? 0,
            ["activation_energy_nominal_eV"] = cell.Material.ActivationEnergy.ElectronVolts,
            ["protocol"] = new JsonObject
            {
                ["name"] = protocol.Name,
                ["current_density_mA_cm2"] = plating?.Density.Magnitude.MilliamperesPerSquareCentimetre,
                ["steps"] = new JsonArray([.. plan.Steps.Select(step => (JsonNode)Planned(step, plan))]),
            },
            ["sample_period_s"] = 1,
            ["chamber"] = channel.Chamber,
            ["press"] = channel.Press,
            ["surface"] = cell.Surface == Surface.AcidTreated ? "acid-treated" : "untreated",
            ["seed"] = seed,
        };
        if (plating?.Sweep is { } sweep)
            facts["geis"] = Geis(sweep, sweep.RangeAt(plating.Density), plan);
        return facts;
    }

    private static string Name(Electrode electrode) => electrode switch
    {
        Electrode.Lithium => "Li",
        Electrode.LithiumMagnesium => "LiMg",
        Electrode.Sodium => "Na",
        Electrode.Nickel => "Ni",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static JsonObject Planned(Step step, ChannelPlan plan) => new()
    {
        ["duration_s"] = Math.Round(StepExposure.LastsSeconds(step, plan), 3),
        ["current_density_mA_cm2"] = step is Galvanostatic galvanostatic ? galvanostatic.Density.Magnitude.MilliamperesPerSquareCentimetre : 0,
        ["kind"] = step is Galvanostatic { Density.AmperesPerSquareMetre: var density } ? density < 0 ? "plate" : "strip" : "rest",
    };

    private static JsonObject Geis(SuperimposedSweep sweep, SweepRange range, ChannelPlan plan) => new()
    {
        ["f_max_Hz"] = range.Highest.Hertz,
        ["f_min_Hz"] = range.Lowest.Hertz,
        ["points_per_decade"] = range.PointsPerDecade,
        ["points"] = range.Count,
        ["amplitude_mA_cm2"] = sweep.Amplitude.MilliamperesPerSquareCentimetre,
        ["amplitude_unit"] = "peak",
        ["period_s"] = sweep.Every?.TotalSeconds,
        ["cycles_per_point"] = range.CyclesPerPoint,
        ["overhead_s_per_point"] = plan.Instrument.OverheadPerPoint.TotalSeconds,
        ["order"] = "descending",
        ["sweep_duration_s"] = Math.Round(StepExposure.SweepSeconds(range, plan.Instrument), 3),
    };
}

using System.Collections.Immutable;
using CycleRig.EarlyWarning.Detection;

namespace CycleRig.EarlyWarning.Tuning;

/// <summary>A setting of the detector that a population can tell: how large something is that is no damage.</summary>
/// <param name="Name">As settings files write it, with its unit.</param>
/// <param name="Min">Lowest value that is tried; above 0.</param>
/// <param name="Max">Highest.</param>
/// <param name="Of">Its value.</param>
/// <param name="With">Settings with another value.</param>
public sealed record TunedSetting(
    string Name, double Min, double Max, Func<DetectorSettings, double> Of, Func<DetectorSettings, double, DetectorSettings> With)
{
    /// <summary>
    /// In the order in which they are tried. The bounds are what cells are known to do: 8 to 30 mK of wander and 0.03 to 0.12 % of benign drift
    /// over hours (docs/simulated-rig.md), with room on either side. The budget of false halts is not among them: it is the user's.
    /// </summary>
    public static ImmutableArray<TunedSetting> All { get; } =
    [
        new("wanderKelvins", 0.005, 0.06, settings => settings.WanderKelvins, (settings, value) => settings with { WanderKelvins = value }),
        new("driftPerRootHour", 1e-4, 3e-3, settings => settings.DriftPerRootHour, (settings, value) => settings with { DriftPerRootHour = value }),
        new("noiseFloor", 1e-4, 2e-3, settings => settings.NoiseFloor, (settings, value) => settings with { NoiseFloor = value }),
        new("creepPerEFold", 1e-4, 4e-3, settings => settings.CreepPerEFold, (settings, value) => settings with { CreepPerEFold = value }),
        new(
            "constrictionRootSd", 0.01, 0.2, settings => settings.ConstrictionRootSd,
            (settings, value) => settings with { ConstrictionRootSd = value }),
        new("constrictionSd", 0.005, 0.15, settings => settings.ConstrictionSd, (settings, value) => settings with { ConstrictionSd = value }),
    ];
}

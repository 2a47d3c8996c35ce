using System.Collections.Immutable;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Scenarios;

/// <summary>What a scenario says of one channel's cell beyond its record: parameters, and what befalls it.</summary>
/// <param name="Parameters">Drawn in place of what the kind of cell has.</param>
/// <param name="Upsets">With their times.</param>
/// <param name="Rates">By chance.</param>
/// <param name="Because">First cause that a halt or a trip should have, or null for any.</param>
public sealed record CellScript(
    ImmutableArray<ParameterLaw> Parameters, ImmutableArray<ChannelUpset> Upsets, ImmutableArray<UpsetRate> Rates, Reason? Because = null)
{
    public static CellScript Nothing { get; } = new([], [], []);
}

using System.Collections.Immutable;

namespace CycleRig.Core.Scenarios;

/// <summary>What a scenario says of one channel's cell beyond its record: parameters, and what befalls it.</summary>
/// <param name="Parameters">Drawn in place of what the kind of cell has.</param>
/// <param name="Upsets">With their times.</param>
/// <param name="Rates">By chance.</param>
public sealed record CellScript(ImmutableArray<ParameterLaw> Parameters, ImmutableArray<ChannelUpset> Upsets, ImmutableArray<UpsetRate> Rates)
{
    public static CellScript Nothing { get; } = new([], [], []);
}

using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Evidence;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Files.Scenarios;
using CycleRig.Host.Simulating.Paper;

namespace CycleRig.Host.Simulating;

/// <summary>One simulated cell that ran a protocol with nobody watching, through its instrument.</summary>
/// <param name="Channel">The channel at the end, with the truth.</param>
/// <param name="Samples">One a second.</param>
/// <param name="Spectra">In order.</param>
internal sealed record PlayedCell(SimulatedChannel Channel, IReadOnlyList<Sample> Samples, IReadOnlyList<Spectrum> Spectra)
{
    private static readonly SimulationDetail Detail = new(TimeSpan.FromSeconds(1), DrawnParts: false);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    /// <summary>Plays a protocol at 30 °C and 5 MPa.</summary>
    /// <param name="cell">Its record.</param>
    /// <param name="parameters">Of the cell.</param>
    /// <param name="protocol">Steps that end by time.</param>
    /// <param name="seed">Of cell and instrument.</param>
    /// <param name="until">Ends it early, looked at each minute; null for never.</param>
    public static PlayedCell Play(Cell cell, ImmutableArray<ParameterLaw> parameters, Protocol protocol, int seed, Func<SimulatedChannel, bool>? until = null)
    {
        var rig = new RigDescription(
            "paper", seed, [new("chamber-1", -50, 200, PaperCells.Celsius, [])], [new("press-1", 0, 100, PaperCells.Megapascals, [])],
            [new("ch-1", "output-1", "chamber-1", "press-1", SimulatedCellSection.Instrument, cell, null)]);
        var scripts = new Dictionary<string, CellScript> { ["ch-1"] = CellScript.Nothing with { Parameters = parameters } };
        using var unwatched = new UnwatchedRig(rig, seed, scripts, Detail);
        var (samples, spectra) = (new List<Sample>(), new List<Spectrum>());
        var channel = unwatched["ch-1"];
        var player = unwatched.Add(rig.Channels[0], protocol, samples.Add, spectra.Add);
        player.Megapascals = PaperCells.Megapascals;
        unwatched.Every(TimeSpan.FromMinutes(1), () =>
        {
            if (until?.Invoke(channel) == true)
                player.Finish();
        });
        if (!unwatched.Run(TimeSpan.Zero, Longest))
            throw new InvalidOperationException($"the cell had not ended after {Longest.TotalDays:F0} d of rig time");
        return new(channel, samples, spectra);
    }
}

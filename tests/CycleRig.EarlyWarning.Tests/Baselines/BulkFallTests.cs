using CycleRig.EarlyWarning.Baselines;
using CycleRig.EarlyWarning.Replay;
using CycleRig.Impedance.Cells;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Baselines;

public sealed class BulkFallTests
{
    [Fact]
    public void It_halts_at_the_second_sweep_in_a_row_below_95_percent_of_the_first() =>
        Assert.Equal<ReplayLine>([new(300, "warning", "damage", "bulk_fall"), new(400, "halt", "damage", "bulk_fall")], Run(1000, 960, 949, 940, 900));

    [Fact]
    public void One_sweep_alone_warns() => Assert.Equal<ReplayLine>([new(200, "warning", "damage", "bulk_fall")], Run(1000, 900, 1000, 960));

    [Fact]
    public void Sweeps_at_rest_and_those_that_are_not_valid_do_not_count()
    {
        SweepReading[] readings = [At(100, 1), At(200, 1000), At(300, 900), At(400, 900)];
        readings[0] = readings[0] with { Reading = readings[0].Reading with { Valid = false } };
        readings[2] = readings[2] with { Reading = readings[2].Reading with { CurrentAmperes = 0 } };
        Assert.Equal<ReplayLine>([new(400, "warning", "damage", "bulk_fall")], BulkFall.Run(readings));
    }

    private static IReadOnlyList<ReplayLine> Run(params double[] ohms) => BulkFall.Run(ohms.Select((value, i) => At(100 * (i + 1), value)));

    private static SweepReading At(double seconds, double ohms) => new(seconds, new CellReading { Valid = true, BulkOhms = ohms, CurrentAmperes = -1e-5 }, double.NaN);
}

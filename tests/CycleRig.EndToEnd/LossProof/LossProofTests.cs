using CycleRig.Testing.Services;
using Xunit;

namespace CycleRig.EndToEnd.LossProof;

/// <summary>
/// Real processes, killed, cut off and starved by seed: at the end the database has every sample, spectrum point, fit and event that the
/// journal has accepted, exactly once, in order, to the bit.
/// </summary>
public sealed class LossProofTests
{
    private static readonly TimeSpan Faulty = TimeSpan.FromSeconds(15);
    private const int FaultsMin = 6;
    private const int PointsMin = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static TheoryData<int> Seeds
    {
        get
        {
            var count = Environment.GetEnvironmentVariable("CYCLERIG_LONG") == "1" ? 100 : 6;
            var first = Environment.GetEnvironmentVariable("CYCLERIG_LOSS_SEED") is { } given
                ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
                : System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, 1_000_000);
            return [.. Enumerable.Range(first, count)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Everything_accepted_is_in_the_database_exactly_once_in_order_to_the_bit(int seed)
    {
        Assert.SkipWhen(ServiceProcess.Find("mosquitto") is null || ServiceProcess.Find("influxd") is null, "mosquitto or influxdb is not installed");
        await using var rig = await LossRig.StartAsync();
        var draw = new Random(seed);
        var told = new List<string>();
        var began = TimeProvider.System.GetTimestamp();
        await rig.Api.ReviveAsync(LossRig.Protocol);
        while (TimeProvider.System.GetElapsedTime(began) < Faulty || told.Count < FaultsMin)
        {
            var fault = Faults[draw.Next(Faults.Length)];
            told.Add(fault.Name);
            var lasts = TimeSpan.FromSeconds(0.3 + (draw.NextDouble() * 2));
            await fault.Act(rig, () => Wait(lasts));
            await rig.Api.ReviveAsync(LossRig.Protocol);
            await Wait(TimeSpan.FromSeconds(draw.NextDouble()));
        }

        await rig.Api.Post("halt", new() { ["operator"] = "ann", ["why"] = "the end" });
        try
        {
            await Eventually(() => Accepted.AllArrivedAsync(rig.Data, rig.Influx));
            var points = await Accepted.AssertSameAsync(rig.Data, rig.Influx);
            Assert.True(points > PointsMin, $"only {points} points: the rig hardly ran");
            Console.WriteLine($"seed {seed}: {points} points; {string.Join(", ", told)}");
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new Xunit.Sdk.XunitException($"seed {seed}: {failed.Message}\nfaults: {string.Join(", ", told)}\n{rig.Said}");
        }
    }

    private static (string Name, Func<LossRig, Func<Task>, Task> Act)[] Faults { get; } =
    [
        ("host killed", async (rig, _) => await rig.RestartHostAsync()),
        ("device host killed", async (rig, _) => await rig.RestartDevicesAsync()),
        ("historian killed", (rig, _) =>
        {
            rig.RestartHistorian();
            return Task.CompletedTask;
        }),
        ("broker killed", async (rig, wait) =>
        {
            rig.Broker.Kill();
            await wait();
            await rig.Broker.StartAsync();
        }),
        ("database killed", async (rig, wait) =>
        {
            rig.Influx.Kill();
            await wait();
            await rig.Influx.StartAsync();
        }),
        ("disk full", async (rig, wait) =>
        {
            var mend = rig.FillDisk();
            await wait();
            mend?.Invoke();
        }),
        ("host cut", (rig, _) =>
        {
            rig.HostWay.Cut();
            return Task.CompletedTask;
        }),
        ("historian cut", (rig, _) =>
        {
            rig.HistorianWay.Cut();
            return Task.CompletedTask;
        }),
        ("host black hole", (rig, wait) => During(wait, () => rig.HostWay.IsBlackHole = true, rig.HostWay.Mend)),
        ("historian black hole", (rig, wait) => During(wait, () => rig.HistorianWay.IsBlackHole = true, rig.HistorianWay.Mend)),
        ("host delayed", (rig, wait) => During(wait, () => rig.HostWay.Delay = TimeSpan.FromMilliseconds(300), rig.HostWay.Mend)),
        ("historian delayed", (rig, wait) => During(wait, () => rig.HistorianWay.Delay = TimeSpan.FromMilliseconds(300), rig.HistorianWay.Mend)),
        ("host refused", (rig, wait) => During(wait, () => { rig.HostWay.IsClosed = true; rig.HostWay.Cut(); }, rig.HostWay.Mend)),
        ("429", (rig, wait) => During(wait, () => rig.Database.Answers = 429, () => rig.Database.Answers = null)),
        ("500", (rig, wait) => During(wait, () => rig.Database.Answers = 500, () => rig.Database.Answers = null)),
        ("partial", (rig, wait) => During(wait, () => rig.Database.IsPartial = true, () => rig.Database.IsPartial = false)),
    ];

    private static async Task During(Func<Task> wait, Action begin, Action end)
    {
        begin();
        await wait();
        end();
    }

    private static Task Wait(TimeSpan time) => Task.Delay(time, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task Eventually(Func<Task<bool>> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "not everything has arrived");
            await Wait(TimeSpan.FromMilliseconds(500));
        }
    }
}

using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Host.Commands;
using CycleRig.Host.Running;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Host.Tests.Running;

public sealed class RunOutlookTests : IDisposable
{
    private const double Area = 0.0314159265;
    private const double Amperes = -15.7e-6;
    private static readonly DateTimeOffset Utc = DateTimeOffset.UnixEpoch;

    private readonly TemporaryFolder _folder = new();
    private readonly Guid _run = Guid.CreateVersion7();

    public void Dispose() => _folder.Dispose();

    /// <summary>At 0.5 mA/cm² an onset after 0.5 mAh/cm² and 4 % lost after 1 mAh/cm²; the rest is said by the forecast's own tests.</summary>
    [Fact]
    public void The_outlook_of_a_run_is_read_from_its_verdicts_and_its_charge()
    {
        using var journal = Written(120);
        var outlook = RunOutlook.Of(journal.Reader, _run)!;
        Assert.InRange(outlook.Forecast!.Charge.High.MilliampereHoursPerSquareCentimetre, 0.5, 4);
        Assert.Equal(
            outlook.Forecast.Charge.High.MilliampereHoursPerSquareCentimetre / (-1000 * Amperes / Area), outlook.Forecast.Time!.Value.High.TotalHours, 1e-6);
        Assert.Equal(SpallationWord.MayExceed, outlook.Risk!.Word);
        // 503 Ω cm² over 10 Ω cm² of intimate contact: 50 times the 0.5 mA/cm² of the protocol.
        Assert.Equal(25.1, outlook.Risk.Local.High.MilliamperesPerSquareCentimetre, 0.1);
        Assert.True(outlook.IsNoiseMeasured);
    }

    [Fact]
    public void What_a_run_does_not_say_has_no_outlook_and_why_tells_the_rest()
    {
        using var journal = Written(120);
        Assert.Null(RunOutlook.Of(journal.Reader, Guid.CreateVersion7()));
        Assert.Equal(0, CommandTree.Build().Parse(["why", "ch-1", "--data", _folder.Path]).Invoke());
        Assert.Equal(0, CommandTree.Build().Parse(["why", "ch-1", "--json", "--data", _folder.Path]).Invoke());
    }

    private Journal Written(int minutes)
    {
        var journal = Journal.Open(_folder.Path);
        journal.Append(JournalRecord.RunStarted("ch-1", _run, 0, Utc, "cell-1", new JsonObject
        {
            ["area_cm2"] = Area, ["thickness_mm"] = 1.2, ["material"] = "LLZTO", ["surface"] = "untreated",
            ["protocol"] = new JsonObject { ["steps"] = new JsonArray(new JsonObject { ["current_density_mA_cm2"] = 0.5 }) },
        }));
        var draw = new Random(2);
        for (var minute = 1; minute <= minutes; minute++)
        {
            Sample[] samples = [.. Enumerable.Range((60 * (minute - 1)) + 1, 60).Select(second => new Sample(second, Amperes, -0.3, 30, 5, Amperes * second))];
            journal.Append(JournalRecord.Samples("ch-1", _run, Utc, samples));
            var loss = 0.04 * Math.Pow(Math.Max(0, (minute - 60) / 60.0), 3);
            journal.Append(JournalRecord.Json(RecordKind.Fit, "ch-1", _run, 60 * minute, Utc, new JsonObject
            {
                ["level"] = "warning", ["detail"] = "made up",
                ["evidence"] = new JsonObject
                {
                    ["compensated_ohms"] = 2460 * (1 - loss) * (1 + (0.001 * Gaussian.Draw(draw))), ["interface_ohms"] = 16_000,
                    ["statistic"] = minute > 70 ? 8 : 0, ["onset_seconds"] = minute > 70 ? 4200 : "NaN",
                },
            }));
        }

        journal.Flush();
        return journal;
    }
}

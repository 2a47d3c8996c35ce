using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Interfacial resistance against stack pressure: exponent and hysteresis, from spectra at rest at rising and falling pressure.</summary>
internal static class PressureSweepAnalysis
{
    /// <summary>Readings closer than this share are at one pressure.</summary>
    private const double SameShare = 0.03;

    /// <summary>Exponents that contacts of solid electrolytes show.</summary>
    private const double ExponentLow = 0.35, ExponentHigh = 0.65;

    /// <summary>A resistance known to no better than this is no measurement of a contact.</summary>
    private const double InterfaceSdMax = 0.3;

    private const double Significance = 0.05;
    private const int LawPoints = 40;

    public static ProtocolReport Analyse(Recording recording)
    {
        var readings = CellReadings.Of(recording);
        var usable = readings.AtRest.Where(reading => reading.PressureMegapascals > 0 && reading.InterfaceRelativeSd < InterfaceSdMax).ToList();
        var stays = Stays(usable);
        if (stays.Count < ContactPressureFit.PointsMin)
        {
            throw new ReportException(
                $"{recording.Name}: readable spectra at rest with a pressure at {stays.Count} pressures; an exponent needs {ContactPressureFit.PointsMin} or more: run examples/protocols/pressure-sweep.yaml");
        }

        var highest = stays.IndexOf(stays.MaxBy(stay => stay.PressureMegapascals)!);
        ImmutableArray<bool> falling = [.. stays.Select((_, i) => i > highest)];
        var area = recording.Cell.AreaSquareCentimetres;
        double[] ohms = [.. stays.Select(stay => stay.InterfaceOhms * area)];
        var pouch = CellSheet.Number(recording, "pouch_pressure_MPa");
        double[] pressures = [.. stays.Select(stay => stay.PressureMegapascals + (pouch ?? 0))];
        var fit = ContactPressureFit.Of(pressures, ohms, falling);
        List<string> notes = [.. readings.Notes(), "R_int is that of both interfaces together, with their constriction", Pouch(pouch)];
        if (fit.CurvaturePValue < Significance)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"the points lie on a bend (p = {fit.CurvaturePValue:G2}): one exponent does not describe all pressures, or some were not settled"));
        return new(
            "pressure-sweep", $"{CellSheet.Name(recording)}: interfacial resistance against stack pressure", [recording.Name],
            [
                ReportRow.Of("exponent m, R_int ~ P^-m", fit.Exponent, "", Exponent(fit.Exponent)),
                ReportRow.Of("R_int at 1 MPa by the law", fit.AtOneMegapascal, "Ω cm²"),
                fit.Hysteresis is { } hysteresis
                    ? ReportRow.Of("R_int falling / rising, equal pressure", hysteresis, "", Hysteresis(hysteresis))
                    : ReportRow.Words("R_int falling / rising, equal pressure", "not measured: the pressure never fell"),
                .. stays.Select((stay, i) => ReportRow.Of(
                    string.Create(CultureInfo.InvariantCulture, $"R_int at {pressures[i]:F2} MPa, {(falling[i] ? "falling" : "rising")}"),
                    Estimate.OfLogError(ohms[i], stay.InterfaceRelativeSd), "Ω cm²")),
            ],
            [.. notes], [Chart(pressures, ohms, falling, fit)]);
    }

    /// <summary>The last reading at each pressure in turn.</summary>
    private static List<CellReading> Stays(List<CellReading> readings)
    {
        var stays = new List<CellReading>();
        foreach (var reading in readings)
        {
            if (stays.Count > 0 && Math.Abs(Math.Log(stays[^1].PressureMegapascals / reading.PressureMegapascals)) < SameShare)
                stays[^1] = reading;
            else
                stays.Add(reading);
        }

        return stays;
    }

    /// <summary>The air presses on an evacuated pouch: at 2 MPa a twentieth more than the press says.</summary>
    private static string Pouch(double? megapascals) => megapascals is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known:G3} MPa of the pouch, from cell.json, are added to the press")
        : "the pressure is that of the press alone; an evacuated pouch adds 0.1 MPa (`pouch_pressure_MPa` in cell.json), without which m comes out 2 to 3 % low";

    private static string Exponent(Estimate m) => m.High < ExponentLow ? "weaker than that of contacts (0.35 to 0.65): little of R_int is contact"
        : m.Low > ExponentHigh ? "stronger than that of contacts (0.35 to 0.65): the interface also changes otherwise"
        : "as contacts have it (0.35 to 0.65)";

    private static string Hysteresis(Estimate ratio) => ratio.High < 1 ? "contact that pressure made stays"
        : ratio.Low > 1 ? "contact was lost, or the cell aged"
        : "none that these points tell";

    private static ReportChart Chart(double[] pressures, double[] ohms, ImmutableArray<bool> falling, ContactPressureFit fit)
    {
        var (low, high) = (pressures.Min(), pressures.Max());
        ImmutableArray<double> law = [.. Enumerable.Range(0, LawPoints).Select(i => low * Math.Pow(high / low, i / (LawPoints - 1.0)))];
        List<ChartSeries> series = [Measured("rising", false), Law(false)];
        if (fit.Hysteresis is not null)
            series.AddRange([Measured("falling", true), Law(true)]);
        return new("stack pressure / MPa", "R_int / Ω cm²", [.. series]) { LogX = true, LogY = true };

        ChartSeries Measured(string name, bool isFalling)
        {
            int[] kept = [.. Enumerable.Range(0, pressures.Length).Where(i => falling[i] == isFalling)];
            return new(name, [.. kept.Select(i => pressures[i])], [.. kept.Select(i => ohms[i])], ChartStyle.Points);
        }

        ChartSeries Law(bool isFalling) => new(
            string.Create(CultureInfo.InvariantCulture, $"P^-{fit.Exponent.Value:F2}, {(isFalling ? "falling" : "rising")}"), law, [.. law.Select(pressure => fit.At(pressure, isFalling))], ChartStyle.Line);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Evidence;
using CycleRig.Core.Quantities;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Ionic conductivity at several temperatures and its activation energy, from spectra at rest on blocking or lithium electrodes.</summary>
internal static class ArrheniusAnalysis
{
    /// <summary>Readings closer than this are at one temperature, K.</summary>
    private const double SameKelvins = 0.5;

    /// <summary>A sweep over which the temperature moved by more was not settled, K.</summary>
    private const double SettledKelvins = 0.3;

    /// <summary>A conductivity that comes back to the first temperature changed by more than this share changed for good.</summary>
    private const double ReturnShare = 0.03;

    private const double ReferenceCelsius = 30;
    private const double KelvinsAtZeroCelsius = 273.15;
    private const int LawPoints = 40;

    public static ProtocolReport Analyse(Recording recording)
    {
        var pellet = CellSheet.Pellet(recording);
        var (readings, notes) = Read(recording);
        var leads = CellSheet.LeadOhms(recording);
        var visits = Visits([.. readings.Select(reading => WithoutLeads(reading, leads ?? 0))]);
        List<CellReading> first = [];
        List<(CellReading First, CellReading Again)> returns = [];
        foreach (var visit in visits)
        {
            if (first.FirstOrDefault(known => Math.Abs(known.TemperatureCelsius - visit.TemperatureCelsius) < SameKelvins) is { } known)
                returns.Add((known, visit));
            else
                first.Add(visit);
        }

        if (first.Count < ArrheniusFit.TemperaturesMin)
        {
            throw new ReportException(
                $"{recording.Name}: readable spectra at {first.Count} temperatures; an activation energy needs {ArrheniusFit.TemperaturesMin} or more"
                + (notes.Count > 0 ? $" ({notes[0]})" : ""));
        }

        var sigmas = first.Select(reading => Conductivity(reading, pellet)).ToList();
        List<ArrheniusPoint> points = [.. first.Zip(sigmas, (reading, sigma) => new ArrheniusPoint(Temperature.FromCelsius(reading.TemperatureCelsius), sigma.Value, default))];
        var (with, plain) = (ArrheniusFit.Fit(points, ArrheniusForm.WithTemperature), ArrheniusFit.Fit(points, ArrheniusForm.Plain));
        // A factor that nobody knows scales σ and leaves Ea as it is.
        var apparent = pellet.SpreadingFactor is null ? "apparent " : "";
        notes.Add(CellSheet.SpreadingNote(pellet));
        notes.Add(LeadNote(leads, first));
        if (with.Remark.Length > 0)
            notes.Add(with.Remark);
        return new(
            "arrhenius", $"{CellSheet.Name(recording)}: {apparent}ionic conductivity, {first.Count} temperatures", [recording.Name],
            [
                Energy("Ea, σT = A exp(-Ea/kT)", with), Energy("Ea, σ = A exp(-Ea/kT)", plain),
                new(FormattableString.Invariant($"{apparent}σ at {ReferenceCelsius} °C by the law"), with.At(Temperature.FromCelsius(ReferenceCelsius)).MillisiemensPerCentimetre, "mS/cm"),
                .. first.Zip(sigmas, (reading, sigma) => ReportRow.Of(
                    string.Create(CultureInfo.InvariantCulture, $"{apparent}σ at {reading.TemperatureCelsius:F2} °C"),
                    Estimate.OfError(sigma.Value.MillisiemensPerCentimetre, sigma.StandardError.MillisiemensPerCentimetre), "mS/cm")),
                .. returns.Select(Return),
            ],
            [.. notes], [Chart(points, sigmas, with, apparent)]);
    }

    /// <summary>Spectra at rest, by the circuit of their electrodes.</summary>
    private static (List<CellReading> Readings, List<string> Notes) Read(Recording recording)
    {
        var blocking = recording.Spectra.Where(BlockingSpectrumFit.IsBlocking).ToList();
        if (recording.Spectra.Count == 0)
            throw new ReportException($"{recording.Name}: no spectra; run examples/protocols/arrhenius.yaml, which takes one at each temperature");
        if (blocking.Count * 2 <= recording.Spectra.Count)
        {
            var cell = CellReadings.Of(recording);
            return ([.. cell.AtRest.Where(HasTemperature)], [.. cell.Notes(), .. Unsettled(recording.Spectra)]);
        }

        var readings = blocking.Select(BlockingSpectrumFit.Read).ToList();
        var refused = readings.Where(reading => !reading.Valid || !HasTemperature(reading)).ToList();
        List<string> notes = [.. Unsettled(blocking)];
        if (refused.Count > 0)
            notes.Insert(0, $"{refused.Count} of {readings.Count} sweeps gave no resistance ({refused.Select(reading => reading.Valid ? "no temperature was measured" : reading.WhyNotValid).First()})");
        if (blocking.Count < recording.Spectra.Count)
            notes.Add($"{recording.Spectra.Count - blocking.Count} sweeps that do not end in the line of blocking electrodes were left out");
        return ([.. readings.Except(refused)], notes);
    }

    /// <summary>Leads are in series with the bulk and hardly change with temperature: on warming they are a growing share of what is read.</summary>
    private static CellReading WithoutLeads(CellReading reading, double ohms) => reading with
    {
        BulkOhms = reading.BulkOhms - ohms, BulkRelativeSd = reading.BulkRelativeSd * reading.BulkOhms / (reading.BulkOhms - ohms),
    };

    private static string LeadNote(double? ohms, List<CellReading> readings) => ohms is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"leads of {known:G3} Ω, from cell.json, are taken off")
        : string.Create(CultureInfo.InvariantCulture,
            $"leads are not taken off: cell.json has no `lead_resistance_ohm`, and 1 Ω is {100 / readings.Min(reading => reading.BulkOhms):F1} % of the smallest resistance; it makes Ea too small");

    private static bool HasTemperature(CellReading reading) => double.IsFinite(reading.TemperatureCelsius);

    private static IEnumerable<string> Unsettled(IEnumerable<Spectrum> spectra)
    {
        foreach (var spectrum in spectra)
        {
            double[] celsius = [.. spectrum.Points.Select(point => point.TemperatureCelsius).Where(double.IsFinite)];
            if (celsius.Length > 0 && celsius.Max() - celsius.Min() > SettledKelvins)
                yield return FormattableString.Invariant($"the temperature moved by {celsius.Max() - celsius.Min():F1} K during the sweep at {spectrum.StartSeconds:F0} s: it was not settled");
        }
    }

    /// <summary>The last reading of each stay at a temperature: the most settled one.</summary>
    private static List<CellReading> Visits(List<CellReading> readings)
    {
        var visits = new List<CellReading>();
        foreach (var reading in readings)
        {
            if (visits.Count > 0 && Math.Abs(visits[^1].TemperatureCelsius - reading.TemperatureCelsius) < SameKelvins)
                visits[^1] = reading;
            else
                visits.Add(reading);
        }

        return visits;
    }

    private static ConductivityFromGeometry Conductivity(CellReading reading, PelletGeometry pellet) => ConductivityFromGeometry.Of(
        new(reading.BulkOhms), new(double.IsFinite(reading.BulkRelativeSd) ? reading.BulkRelativeSd * reading.BulkOhms : 0), pellet);

    private static ReportRow Energy(string name, ArrheniusFit fit) =>
        ReportRow.Of(name, new(fit.Energy.ElectronVolts, fit.Low.ElectronVolts, fit.High.ElectronVolts), "eV");

    private static ReportRow Return((CellReading First, CellReading Again) pair)
    {
        var change = (pair.First.BulkOhms / pair.Again.BulkOhms) - 1;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"σ back at {pair.Again.TemperatureCelsius:F1} °C against before"), 100 * change, "%",
            Math.Abs(change) <= ReturnShare ? "the same: heating has not changed the cell" : "changed: the cell is no longer what it was, or was not settled");
    }

    private static ReportChart Chart(List<ArrheniusPoint> points, List<ConductivityFromGeometry> sigmas, ArrheniusFit fit, string apparent)
    {
        var (low, high) = (points.Min(point => point.Temperature.Kelvins), points.Max(point => point.Temperature.Kelvins));
        ImmutableArray<double> law = [.. Enumerable.Range(0, LawPoints).Select(i => low + ((high - low) * i / (LawPoints - 1)))];
        return new(
            "1000 K / T", $"{apparent}σ T / (S K/cm)",
            [
                new("measured", [.. points.Select(point => Inverse(point.Temperature.Kelvins))],
                    [.. sigmas.Select((sigma, i) => sigma.Value.SiemensPerCentimetre * points[i].Temperature.Kelvins)], ChartStyle.Points),
                new(string.Create(CultureInfo.InvariantCulture, $"Ea {fit.Energy.ElectronVolts:F3} eV"), [.. law.Select(Inverse)],
                    [.. law.Select(kelvins => fit.At(Temperature.FromCelsius(kelvins - KelvinsAtZeroCelsius)).SiemensPerCentimetre * kelvins)], ChartStyle.Line),
            ]) { LogY = true };
    }

    private static double Inverse(double kelvins) => 1000 / kelvins;
}

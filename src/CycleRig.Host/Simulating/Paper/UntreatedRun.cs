using CycleRig.Core.Cells;
using CycleRig.Core.Evidence;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>
/// An untreated cell plated at 0.5 mA/cm² until it shorts, as the paper's operando impedance saw it: everything here is read from
/// spectra and samples by the production fit; the truth stands beside it.
/// </summary>
internal sealed class UntreatedRun
{
    private const double HoursMax = 6;
    private const double SecondsPerHour = 3600;
    private const double SecondsBetweenSpectra = 60;

    /// <summary>Relative change of R_bulk a kelvin: about Ea/(k T²) - 1/T for 0.39 eV at 30 °C, since Ea is that of σT.</summary>
    private const double BulkPerKelvin = 0.045;

    /// <summary>Plays and reads it.</summary>
    public UntreatedRun(PaperCells cells, int seed)
    {
        Record = cells.Record(Surface.Untreated);
        var parameters = cells.Parameters(Surface.Untreated);
        AtRest = PlayedCell.Play(Record, parameters, PaperCells.Spectrum(), seed);
        Played = PlayedCell.Play(
            Record, parameters, PaperCells.Plating(PaperCells.Density, HoursMax), seed, channel => channel.Truth.ShortSeconds is { } at && channel.State.Seconds > at + 120);
        Area = Record.Area.SquareCentimetres;
        Recipe = Played.Channel.Cell.Recipe;
        Readings = Read(Played.Spectra);
    }

    public Cell Record { get; }

    public double Area { get; }

    public CellRecipe Recipe { get; }

    /// <summary>The same cell up to its first spectrum, with the truth of that moment.</summary>
    public PlayedCell AtRest { get; }

    public PlayedCell Played { get; }

    /// <summary>One for each spectrum; the first is the one at rest.</summary>
    public IReadOnlyList<CellReading> Readings { get; }

    public double Amperes => PaperCells.Density * 1e-3 * Area;

    public double ShortSeconds => Played.Channel.Truth.ShortSeconds ?? double.PositiveInfinity;

    public double OnsetSeconds => Played.Channel.Truth.OnsetSeconds ?? double.PositiveInfinity;

    /// <summary>Valid readings under current that ended before the short.</summary>
    public IEnumerable<CellReading> BeforeShort => Readings.Skip(1).Where(reading => reading.Valid && reading.EndSeconds < ShortSeconds);

    /// <summary>Those after contact has improved: from six contact charges on, where the law has come within 2 % of its end.</summary>
    public IEnumerable<CellReading> Improved =>
        BeforeShort.Where(reading => reading.TimeSeconds - PlatingBegan > 6 * Recipe.ContactCharge / PaperCells.Density * SecondsPerHour);

    public double PlatingBegan => Played.Channel.Truth.PlatingBeganSeconds ?? 0;

    /// <summary>Fall of R_bulk from the onset to the last reading before the short, relative.</summary>
    public double Fall
    {
        get
        {
            var before = BeforeShort.LastOrDefault(reading => reading.EndSeconds <= OnsetSeconds)?.BulkOhms ?? double.NaN;
            var last = BeforeShort.LastOrDefault()?.BulkOhms ?? double.NaN;
            return 1 - (last / before);
        }
    }

    /// <summary>Relative change of R_int in an hour, from improved contact to the short: a straight line through ln R_int, of three or more readings.</summary>
    public double InterfaceDriftPerHour
    {
        get
        {
            var readings = Improved.ToList();
            return Estimate.OfSlope(
                [.. readings.Select(reading => reading.TimeSeconds / SecondsPerHour)], [.. readings.Select(reading => Math.Log(reading.InterfaceOhms))]).Value;
        }
    }

    /// <summary>Share of readings after the onset that lie above the one before by more than two standard deviations of their difference.</summary>
    public double RisingShare
    {
        get
        {
            var after = BeforeShort.Where(reading => reading.EndSeconds > OnsetSeconds).ToList();
            var rises = 0;
            for (var i = 1; i < after.Count; i++)
            {
                // The fit's own error twice, and the cell's temperature between the two.
                var kelvins = Recipe.WanderKelvins * Math.Sqrt(2 * (1 - Math.Exp(-SecondsBetweenSpectra / Recipe.WanderSeconds)));
                var sd = Math.Sqrt(Math.Pow(after[i].BulkRelativeSd, 2) + Math.Pow(after[i - 1].BulkRelativeSd, 2) + Math.Pow(BulkPerKelvin * kelvins, 2));
                if (Math.Log(after[i].BulkOhms / after[i - 1].BulkOhms) > 2 * sd)
                    rises++;
            }

            return after.Count > 1 ? rises / (double)(after.Count - 1) : 0;
        }
    }

    /// <summary>Voltage that a reading foretells at the plating current, by the cell's law: V = I R_bulk + ΣV0 asinh(I R/V0), V.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="atRest">Whether it was at zero bias; otherwise its R_int is dV/dI at the current.</param>
    public double Foretold(CellReading reading, bool atRest)
    {
        var (share, soft, amperes) = (Recipe.WorkingShare, Recipe.InterfaceVolts, Amperes);
        var ohms = reading.InterfaceOhms;
        // Softened resistances are found from their sum by fixed-point steps: the softening is weak at these currents.
        for (var i = 0; i < 50 && !atRest; i++)
            ohms *= reading.InterfaceOhms / (Differential(share * ohms) + Differential((1 - share) * ohms));
        return (amperes * reading.BulkOhms) + (soft * Math.Asinh(amperes * share * ohms / soft)) + (soft * Math.Asinh(amperes * (1 - share) * ohms / soft));

        double Differential(double each) => each / Math.Sqrt(1 + Math.Pow(amperes * each / soft, 2));
    }

    /// <summary>Mean magnitude of the voltage between two times, V.</summary>
    public double Volts(double from, double to) =>
        Math.Abs(Played.Samples.Where(sample => sample.TimeSeconds > from && sample.TimeSeconds <= to).Select(sample => sample.Volts).DefaultIfEmpty(double.NaN).Average());

    private List<CellReading> Read(IReadOnlyList<Spectrum> spectra)
    {
        var readings = new List<CellReading>();
        CellReading? last = null;
        foreach (var spectrum in spectra)
        {
            var reading = CellSpectrumFit.Read(spectrum, last, Area);
            readings.Add(reading);
            if (reading.Valid)
                last = reading;
        }

        return readings;
    }
}

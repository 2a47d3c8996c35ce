using System.Collections.Immutable;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.Reports.Protocols;

/// <summary>Whether the damage for which a cell was halted is there.</summary>
public enum AfterHaltWord
{
    /// <summary>R_bulk at rest is below the healthy one by more than the errors allow.</summary>
    Confirmed,

    /// <summary>It is what it was.</summary>
    NotConfirmed,

    /// <summary>The spectra do not tell this loss from none.</summary>
    Undecided,

    /// <summary>The cell conducts better than its electrolyte.</summary>
    ShortedWhileStopping,
}

/// <summary>One spectrum at rest after a halt, against the healthy one.</summary>
/// <param name="Minutes">After the halt.</param>
/// <param name="Loss">Share of R_bulk that is gone, at one temperature.</param>
/// <param name="InterfaceRatio">R_int over the healthy one.</param>
public readonly record struct RestLoss(double Minutes, Estimate Loss, double InterfaceRatio);

/// <summary>What spectra at rest after a halt say of its reason.</summary>
/// <param name="Word">The verdict.</param>
/// <param name="Losses">One for each readable spectrum.</param>
/// <param name="Claimed">Loss under current, the last spectrum against the last sound one, or the first; null where there are fewer than two.</param>
/// <param name="ShortShare">Re Z at the lowest frequency over the healthy R_bulk where the cell is shorted; null else.</param>
public sealed record AfterHaltVerdict(AfterHaltWord Word, ImmutableArray<RestLoss> Losses, Estimate? Claimed, double? ShortShare)
{
    /// <summary>A loss that is smaller cannot be told from creep of lithium over the mask or a change of the constriction: our assumption, no source says it.</summary>
    public const double LossMin = 0.003;

    /// <summary>Spectra after a halt that a verdict needs, and how late the last must be, min: one of them may be taken before contact and temperature have settled.</summary>
    public const int SpectraMin = 2;
    public const double LatestMinMinutes = 9;

    /// <summary>Whether the spectra are as many and as late as a verdict needs; a short needs no more.</summary>
    public bool IsComplete => Word == AfterHaltWord.ShortedWhileStopping || (Losses.Length >= SpectraMin && Losses[^1].Minutes >= LatestMinMinutes);

    /// <summary>The median over the spectra counts: each has the error of the one before in common, so that averaging does not shrink it. Null without any.</summary>
    public Estimate? Middle => Losses.IsEmpty ? null : Losses.OrderBy(loss => loss.Loss.Value).ElementAt(Losses.Length / 2).Loss;

    /// <summary>The verdict in words.</summary>
    public string Text => Word switch
    {
        AfterHaltWord.ShortedWhileStopping => "shorted while stopping: the cell conducts better than its electrolyte",
        AfterHaltWord.Confirmed => FormattableString.Invariant($"confirmed: {100 * Middle!.Value.Value:F1} % of R_bulk are gone, and stay gone at rest"),
        AfterHaltWord.NotConfirmed => "not confirmed: at rest R_bulk is what it was before",
        AfterHaltWord.Undecided => "undecided: the spectra do not tell this loss from none; take more of them",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Judges.</summary>
    /// <param name="healthy">The healthy reading.</param>
    /// <param name="rest">Readings at rest with their minutes after the halt, in the order of time.</param>
    /// <param name="claimed">Loss under current.</param>
    /// <param name="shortOhms">Re Z at the lowest frequency of a spectrum that shows a short, Ω; null without one.</param>
    /// <param name="activation">Of the bulk, for σT, eV.</param>
    /// <returns>Null where neither a reading nor a short was found.</returns>
    internal static AfterHaltVerdict? Of(CellReading healthy, IEnumerable<(double Minutes, CellReading Reading)> rest, Estimate? claimed, double? shortOhms, double activation)
    {
        ImmutableArray<RestLoss> losses = [.. rest.Select(late => new RestLoss(
            late.Minutes, Loss(healthy, late.Reading, activation), late.Reading.InterfaceOhms / healthy.InterfaceOhms))];
        var verdict = new AfterHaltVerdict(AfterHaltWord.Undecided, losses, claimed, shortOhms / healthy.BulkOhms);
        if (shortOhms is not null)
            return verdict with { Word = AfterHaltWord.ShortedWhileStopping };
        return verdict.Middle is { } middle ? verdict with { Word = Judge(middle, claimed) } : null;
    }

    /// <summary>Share of R_bulk that is gone from one reading to another, at one temperature.</summary>
    internal static Estimate Loss(CellReading from, CellReading to, double activation)
    {
        var (change, sd) = CellReadings.Change(from, to, activation);
        return Estimate.OfError(-change, sd).Through(log => 1 - Math.Exp(-log));
    }

    /// <summary>
    /// The last reading at rest before the damage, or the last under current, whichever tells a loss at rest better: where contact has improved since the
    /// one at rest, constriction blurs the comparison with it; where there are voids, that with the one under current. Else the first under current.
    /// </summary>
    /// <param name="readings">Of the halted run.</param>
    /// <param name="soundUntil">Estimated onset, or when the current began, s.</param>
    /// <param name="resting">The first reading at rest after the halt; null without one.</param>
    /// <param name="activation">Of the bulk, for σT, eV.</param>
    internal static CellReading? Healthy(CellReadings readings, double soundUntil, CellReading? resting, double activation)
    {
        CellReading? Last(IEnumerable<CellReading> some) => some.LastOrDefault(reading => !reading.BulkOnly && reading.EndSeconds <= soundUntil);
        return new[] { Last(readings.AtRest), Last(readings.UnderCurrent) }.OfType<CellReading>()
            .OrderBy(reading => resting is null ? 0 : CellReadings.Change(reading, resting, activation).Sd).FirstOrDefault()
            ?? readings.UnderCurrent.FirstOrDefault(reading => !reading.BulkOnly);
    }

    /// <summary>Loss under current, the last reading against the last sound one, or the first; null with fewer than two.</summary>
    internal static Estimate? Claim(CellReadings readings, double soundUntil, double activation)
    {
        List<CellReading> loaded = [.. readings.UnderCurrent];
        var first = Math.Max(0, loaded.FindLastIndex(reading => reading.EndSeconds <= soundUntil));
        return loaded.Count - first >= 2 ? Loss(loaded[first], loaded[^1], activation) : null;
    }

    private static AfterHaltWord Judge(Estimate middle, Estimate? claimed) =>
        middle.Low > 0 && middle.Value > LossMin ? AfterHaltWord.Confirmed
        : middle.High < Math.Max(LossMin, claimed?.Value ?? LossMin) ? AfterHaltWord.NotConfirmed
        : AfterHaltWord.Undecided;
}

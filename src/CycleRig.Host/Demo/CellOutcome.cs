namespace CycleRig.Host.Demo;

/// <summary>What happened to one cell: a row of summary.json. Times are seconds since its run began.</summary>
/// <param name="Channel">Channel.</param>
/// <param name="Cell">Cell.</param>
/// <param name="Outcome">finished, halted (damage), tripped (interlock), shorted.</param>
/// <param name="Expected">What the rig file expects, or null.</param>
/// <param name="OnsetTimeS">When damage began in the simulated cell, or null.</param>
/// <param name="ActTimeS">When CycleRig acted, or null.</param>
/// <param name="ChargeOnsetToActMAhCm2">Charge plated between the two, or null.</param>
/// <param name="ShortAvoided">Whether the cell did not short.</param>
/// <param name="Reason">In words.</param>
/// <param name="Cause">First cause of a halt or trip, as in files; null for none.</param>
/// <param name="Because">First cause that the scenario expects, or null for any.</param>
internal sealed record CellOutcome(
    string Channel, string Cell, string Outcome, string? Expected, double? OnsetTimeS, double? ActTimeS, double? ChargeOnsetToActMAhCm2,
    bool ShortAvoided, string Reason, string? Cause, string? Because)
{
    public bool IsExpected => (Expected is null || Expected == Outcome) && (Because is null || Because == Cause);
}

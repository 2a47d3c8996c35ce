using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>
/// Stack pressure of a press with its cells side by side under one plate. The drive follows its set-point with a lag; leaks and
/// logarithmic creep take a share of that; with a fixed gap, warming and breathing of the stack since it was loaded add to it. Pure:
/// knows no time but what it is given.
/// </summary>
public sealed class PressModel
{
    /// <summary>Below it the plates lose touch, and what the stack does no longer counts; assumed.</summary>
    private const double ContactMegapascals = 0.1;

    /// <summary>Where logarithmic creep begins; assumed.</summary>
    private const double CreepOnsetSeconds = 60;

    private const double CreepReferenceSeconds = 3600;

    private readonly PressRecipe _recipe;

    /// <summary>Builds a press at rest.</summary>
    /// <param name="recipe">How it behaves.</param>
    /// <param name="cells">How many cells are in it.</param>
    /// <param name="draw">Of its noise.</param>
    public PressModel(PressRecipe recipe, int cells, Draw draw)
    {
        _recipe = recipe;
        State = new()
        {
            TargetMegapascals = recipe.StartMegapascals,
            DriveMegapascals = recipe.StartMegapascals,
            Megapascals = recipe.StartMegapascals,
            StackCelsius = recipe.StartCelsius,
            LoadedCelsius = recipe.StartCelsius,
            PlatedMilliampereHours = new double[cells],
            Shares = [.. Enumerable.Repeat(1.0, cells)],
            Noise = draw,
        };
    }

    /// <summary>All it remembers; set it to go on from a snapshot.</summary>
    public PressState State { get; set; }

    /// <summary>True pressure on a cell, MPa.</summary>
    /// <param name="cell">Which of the cells in the press, from 0.</param>
    public double MegapascalsOf(int cell) => State.Megapascals * State.Shares[cell];

    /// <summary>A cell says what is plated in it, net, mAh; all feel it from the next step on.</summary>
    public void Breathe(int cell, double platedMilliampereHours) => State.PlatedMilliampereHours[cell] = platedMilliampereHours;

    /// <summary>
    /// A cell gives way at once: the others take over what it carried, in equal parts. A cell that is alone takes the drive's pressure
    /// with it until that has followed.
    /// </summary>
    /// <param name="cell">Which of the cells in the press, from 0.</param>
    /// <param name="share">Share of its own pressure that it loses, 0 to 1.</param>
    public void Collapse(int cell, double share)
    {
        var shares = State.Shares;
        if (shares.Length == 1)
        {
            State.DriveMegapascals *= 1 - share;
            State.Megapascals *= 1 - share;
            return;
        }

        var lost = shares[cell] * share;
        for (var other = 0; other < shares.Length; other++)
            shares[other] += other == cell ? -lost : lost / (shares.Length - 1);
    }

    /// <summary>Lets time pass under the same upset.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="celsius">Temperature of the air around the stack.</param>
    /// <param name="upset">What events do.</param>
    public void Advance(double seconds, double celsius, in PressUpset upset)
    {
        var (state, recipe) = (State, _recipe);
        var plated = state.PlatedMilliampereHours.Sum();
        state.StackCelsius = FirstOrder.Follow(state.StackCelsius, celsius, seconds, recipe.StackLagSeconds);
        if (upset.Open)
        {
            (state.DriveMegapascals, state.Megapascals) = (0, 0);
            (state.LoadedCelsius, state.LoadedMilliampereHours, state.LoadedSeconds) = (state.StackCelsius, plated, 0);
            return;
        }

        state.DriveMegapascals = FirstOrder.Follow(state.DriveMegapascals, state.TargetMegapascals, seconds, recipe.LagSeconds);
        state.LoadedSeconds += seconds;
        var crept = recipe.CreepShare * Math.Log(1 + (state.LoadedSeconds / CreepOnsetSeconds)) / Math.Log(1 + (CreepReferenceSeconds / CreepOnsetSeconds));
        var held = state.DriveMegapascals * (1 - upset.LostShare) * Math.Max(0, 1 - crept);
        var swollen = (recipe.ComplianceMegapascalsPerKelvin * (state.StackCelsius - state.LoadedCelsius))
            + (recipe.BreathingMegapascalsPerMilliampereHour * (plated - state.LoadedMilliampereHours));
        state.Megapascals = Math.Max(0, held + (swollen * Math.Clamp(held / ContactMegapascals, 0, 1)) + upset.AddedMegapascals);
    }

    /// <summary>One reading of the sensor, MPa; draws its noise.</summary>
    public ConditionReading Read(in PressUpset upset)
    {
        var value = State.Megapascals * (1 + (_recipe.NoiseShare * State.Noise.Normal()));
        var fault = upset.SensorDead ? "its force sensor gives no signal"
            : value > _recipe.OverloadMegapascals ? FormattableString.Invariant($"its force sensor is overloaded: above {_recipe.OverloadMegapascals:G4} MPa")
            : null;
        return new(fault is null ? value : double.NaN, State.TargetMegapascals, fault is null, fault);
    }
}

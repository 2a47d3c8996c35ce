using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>
/// Air and probe of a temperature chamber. The controller moves its set-point by a ramp and orders (set-point - air)/lag as rate of the
/// air, within what heater and cooler can do; these follow with a lag of their own. Without bounds that is
/// lag·heater lag·T″ + lag·T′ + T = set-point. Pure: knows no time but what it is given.
/// </summary>
public sealed class ChamberModel
{
    private const double StepMaxSeconds = 1;

    private readonly ChamberRecipe _recipe;

    /// <summary>Builds a chamber at rest; its probe's offset and noise are drawn.</summary>
    public ChamberModel(ChamberRecipe recipe, Draw draw)
    {
        _recipe = recipe;
        State = new()
        {
            TargetCelsius = recipe.StartCelsius,
            SetPointCelsius = recipe.StartCelsius,
            AirCelsius = recipe.StartCelsius,
            ProbeCelsius = recipe.StartCelsius,
            ProbeOffsetKelvins = draw.Uniform(-recipe.ProbeOffsetMaxKelvins, recipe.ProbeOffsetMaxKelvins),
            Noise = draw,
        };
    }

    /// <summary>All it remembers; set it to go on from a snapshot.</summary>
    public ChamberState State { get; set; }

    /// <summary>Lets time pass under the same upset, in steps of at most a second.</summary>
    public void Advance(double seconds, in ChamberUpset upset)
    {
        var steps = (int)Math.Ceiling(seconds / StepMaxSeconds);
        for (var i = 0; i < steps; i++)
            Step(seconds / steps, upset);
    }

    /// <summary>One reading of the probe, °C; draws its noise.</summary>
    public ConditionReading Read(in ChamberUpset upset)
    {
        var setPoint = State.TargetCelsius + upset.ProgramKelvins;
        var noise = _recipe.ProbeNoiseKelvins * State.Noise.Normal();
        return upset.ProbeBroken
            ? new(double.NaN, setPoint, Valid: false, "its temperature probe is open")
            : new(State.ProbeCelsius + State.ProbeOffsetKelvins + upset.ProbeKelvins + noise, setPoint, Valid: true, Fault: null);
    }

    private void Step(double seconds, in ChamberUpset upset)
    {
        var (state, recipe) = (State, _recipe);
        var wanted = Math.Clamp(state.TargetCelsius + upset.ProgramKelvins + upset.ControllerKelvins, recipe.AirMinCelsius, recipe.AirMaxCelsius);
        var ramp = recipe.RampKelvinsPerMinute / 60 * seconds;
        state.SetPointCelsius += Math.Clamp(wanted - state.SetPointCelsius, -ramp, ramp);
        var ordered = Math.Clamp(
            (state.SetPointCelsius - state.AirCelsius) / recipe.LagSeconds,
            -recipe.CoolingMaxKelvinsPerMinute / 60, recipe.HeatingMaxKelvinsPerMinute / 60);
        state.HeatingKelvinsPerSecond = upset.StuckKelvinsPerMinute / 60
            ?? FirstOrder.Follow(state.HeatingKelvinsPerSecond, ordered, seconds, recipe.HeaterLagSeconds);
        var mixed = upset.DoorOpen ? FirstOrder.Follow(state.AirCelsius, recipe.AmbientCelsius, seconds, recipe.DoorSeconds) : state.AirCelsius;
        state.AirCelsius = Math.Clamp(mixed + (state.HeatingKelvinsPerSecond * seconds), recipe.AirMinCelsius, recipe.AirMaxCelsius);
        state.ProbeCelsius = FirstOrder.Follow(state.ProbeCelsius, state.AirCelsius, seconds, recipe.ProbeLagSeconds);
    }
}

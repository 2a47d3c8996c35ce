using System.Numerics;
using CycleRig.Devices.Simulated.Fields;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// A cell with its truth, which no controller sees. Advances by its own steps; draws only from its seed. Plating onto the working
/// electrode is negative current. Laws and sources: docs/simulated-rig.md.
/// </summary>
public sealed class SimulatedCell
{
    /// <summary>Slow terms (temperature, contact, voids, filaments) are renewed this often, s.</summary>
    private const double SlowSeconds = 1;

    private const double VacuumFaradsPerCentimetre = 8.8541878e-14;
    private const double ConstrictionExponent = 0.9;
    private const double BoundaryExponent = 0.92;
    private const double ExhaustionCharge = 1e-3; // mAh/cm², assumed
    private const double ExhaustionMost = 20;
    private const double FlickerSeconds = 25;
    private const double FlickerDensity = 5;
    private const double FlickerMost = 1.5;
    private const double MilliamperesPerAmpere = 1e3;
    private const double CoulombsPerMilliampereHour = 3.6;

    private readonly CellCircuit _circuit = new();
    private readonly FilamentGrowth _growth;
    private readonly double _area;
    private readonly double _ohmsAtReference;
    private readonly double _leakAtReference;
    private double _electronicSiemens;

    /// <summary>Builds a cell.</summary>
    /// <param name="recipe">What it is made of.</param>
    /// <param name="seed">Of its wander, its pores and its filaments.</param>
    public SimulatedCell(CellRecipe recipe, int seed)
    {
        Recipe = recipe;
        _area = recipe.AreaSquareCentimetres;
        var spread = Spreading.Factor(recipe.DiameterMillimetres, recipe.ThicknessMillimetres, recipe.PelletMillimetres, recipe.FullCounter);
        var geometry = spread * recipe.ThicknessCentimetres / _area;
        _ohmsAtReference = geometry / recipe.Conductivity;
        _leakAtReference = recipe.ElectronicConductivity / geometry;
        State = new() { Draw = new(seed, "life") };
        State.Working.Sites = PoreField.Make(recipe, recipe.WorkingShare, new(seed, "working"));
        State.Counter.Sites = PoreField.Make(recipe, 1 - recipe.WorkingShare, new(seed, "counter"));
        _growth = new(recipe, State.Working.Sites);
    }

    /// <summary>What it is made of.</summary>
    public CellRecipe Recipe { get; }

    /// <summary>All that changes; a copy goes on with the same numbers.</summary>
    public CellState State { get; private set; }

    /// <summary>What really happened to the cell.</summary>
    public SimulatedTruth Truth => State.Truth;

    /// <summary>Temperature of the cell, °C; NaN before any time has passed.</summary>
    public double Celsius => State.Celsius;

    /// <summary>Bulk resistance without short, Ω.</summary>
    public double BulkOhms => _circuit.BulkOhms;

    /// <summary>Both interfaces at zero bias, Ω.</summary>
    public double InterfaceOhms => _circuit.WorkingOhms + _circuit.CounterOhms;

    /// <summary>Goes on from a snapshot of a cell of the same recipe.</summary>
    public void Restore(CellState state)
    {
        State = state;
        Compose();
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">How long, s.</param>
    /// <param name="amperes">Direct current meanwhile, A; plating is negative.</param>
    /// <param name="airCelsius">Temperature around the cell, °C.</param>
    /// <param name="megapascals">Stack pressure, MPa.</param>
    public void Advance(double seconds, double amperes, double airCelsius, double megapascals)
    {
        var state = State;
        var began = state.Seconds;
        state.Seconds += seconds;
        state.Truth.Coulombs += amperes * seconds;
        Electrolyse(Through(amperes) * seconds);
        if (amperes < 0)
        {
            // What a cell at rest does to itself (unlike electrodes through the electronic leak) is no plating that anybody ordered.
            state.Truth.PlatingBeganSeconds ??= began;
            state.Truth.PlatingEndedSeconds = state.Seconds;
        }

        if (amperes != 0 && _circuit.TotalOhms > 0)
            state.PendingJoules += amperes * (Volts(amperes) - _circuit.OffsetVolts) * seconds;
        if (Recipe.Blocking)
            BlockingElectrode.Charge(state, Recipe.InterfaceFarads * _area, Leak(), amperes, seconds);
        if (double.IsNaN(state.RenewedSeconds))
            state.RenewedSeconds = began;
        else if (state.Seconds - state.RenewedSeconds < SlowSeconds - 1e-9)
            return;
        Renew(airCelsius, megapascals, amperes);
    }

    /// <summary>What goes through the electrolyte as ions: not what a short or electrons carry, A.</summary>
    public double Through(double amperes)
    {
        _circuit.LeakSiemens = Leak();
        return _circuit.Through(amperes, State.DiffusionVolts);
    }

    /// <summary>Voltage at a current, V.</summary>
    public double Volts(double amperes)
    {
        _circuit.LeakSiemens = Leak();
        if (Recipe.Blocking)
            return State.BlockedCellVolts + (amperes * (_circuit.BulkOhms + _circuit.BoundaryOhms + _circuit.LeadOhms));
        return _circuit.Volts(amperes, State.DiffusionVolts);
    }

    /// <summary>Current at a voltage, A.</summary>
    public double Amperes(double volts)
    {
        _circuit.LeakSiemens = Leak();
        var through = _circuit.Amperes(volts, State.DiffusionVolts);
        return Recipe.Blocking ? through + BlockingElectrode.Amperes(State, Recipe.InterfaceFarads * _area, volts) : through;
    }

    /// <summary>Impedance at a bias, Ω; Im below 0 is capacitive.</summary>
    /// <param name="hertz">Frequency, Hz.</param>
    /// <param name="biasAmperes">Direct current under the sine, A.</param>
    /// <param name="sineAmperes">Peak amplitude of the sine, A: a large one meets the interfaces' curvature; 0 for an infinitely small one.</param>
    public Complex Impedance(double hertz, double biasAmperes, double sineAmperes = 0)
    {
        _circuit.LeakSiemens = Leak();
        return _circuit.Impedance(hertz, biasAmperes, sineAmperes, State.DiffusionVolts);
    }

    /// <summary>The instrument holds a voltage: a double layer that blocks has it at once.</summary>
    internal void Hold(double volts) => State.BlockedCellVolts = volts;

    /// <summary>A connector is touched: leads change at once, and for good.</summary>
    public void TouchLeads(double ohms, double henries)
    {
        State.ExtraLeadOhms += ohms;
        State.ExtraHenries += henries;
        Compose();
    }

    /// <summary>A soft short begins now, whatever the cell's own rate says.</summary>
    public void ShortSoftly() => Shorts.Begin(State, _circuit.TotalOhms);

    /// <summary>A filament bridges the cell now.</summary>
    public void Bridge()
    {
        State.Bridged = true;
        Truth.ShortSeconds ??= State.Seconds;
    }

    /// <summary>Ions cross the interfaces, C; plating onto the working electrode is negative.</summary>
    private void Electrolyse(double coulombs)
    {
        if (coulombs >= 0)
        {
            State.PendingStripped += coulombs;
            return;
        }

        Truth.PlatedCoulombs -= coulombs;
        State.PendingPlated -= coulombs;
    }

    private double Leak() => Shorts.Siemens(State, Recipe) + _electronicSiemens;

    private void Renew(double airCelsius, double megapascals, double amperes)
    {
        var state = State;
        var seconds = state.Seconds - state.RenewedSeconds;
        CellTemperature.Advance(state, Recipe, airCelsius, seconds, seconds > 0 ? state.PendingJoules / seconds : 0);
        var perCharge = 1 / (CoulombsPerMilliampereHour * _area);
        var (plated, stripped) = (state.PendingPlated * perCharge, state.PendingStripped * perCharge);
        state.Throughput += plated + stripped;
        if (!Recipe.Blocking && seconds > 0)
        {
            var contact = Contact.OhmSquareCentimetres(Recipe, state.Throughput, megapascals, state.Seconds);
            Take(state.Working, plated, stripped, contact, megapascals, seconds);
            Take(state.Counter, stripped, plated, contact, megapascals, seconds);
        }

        Flicker(state, amperes, seconds);
        (state.PendingPlated, state.PendingStripped, state.PendingJoules, state.RenewedSeconds, state.Megapascals) = (0, 0, 0, state.Seconds, megapascals);
        Compose();
        var diffusion = Through(amperes) * _circuit.DiffusionOhms;
        state.DiffusionVolts += (diffusion - state.DiffusionVolts) * (1 - Math.Exp(-seconds * 3 / Recipe.DiffusionSeconds));
    }

    /// <summary>One electrode has charge plated onto it and stripped from it.</summary>
    private void Take(ElectrodeState side, double plated, double stripped, double contact, double megapascals, double seconds)
    {
        side.Plated += plated;
        side.Lost += stripped - plated;
        var net = (stripped - plated) * 3600 / seconds;
        Voids.Advance(side, Recipe, net, State.Celsius, megapascals, seconds);
        if (stripped > 0)
            _growth.Strip(side, stripped);
        if (plated <= 0 || State.Bridged)
            return;
        var concentration = Math.Max(1, contact / Recipe.InterfaceFullContact) * Voids.Concentrates(side, Recipe.VoidRim);
        var density = plated * 3600 / seconds * concentration;
        PoreField.Advance(side, density, plated, Truth, State.Seconds);
        _growth.Plate(side, concentration, density, plated, State.Draw);
        Shorts.Advance(State, Recipe, side, _circuit.TotalOhms, seconds);
        Note(side);
    }

    private void Note(ElectrodeState side)
    {
        var deepest = FilamentGrowth.Deepest(side);
        if (deepest > 0 && Truth.OnsetSeconds is null)
        {
            Truth.OnsetSeconds = State.Seconds;
            Truth.PlatedAtOnsetCoulombs = Truth.PlatedCoulombs;
        }

        if (deepest >= 0.5)
            Truth.PropagationSeconds ??= State.Seconds;
        if (deepest >= 1 || side.Plated >= Recipe.SuddenShortCharge)
            Bridge();
    }

    /// <summary>An Ornstein-Uhlenbeck flicker of the resistance once sites have spalled and the current is large.</summary>
    private void Flicker(CellState state, double amperes, double seconds)
    {
        if (state.Truth.Craters.Count == 0)
            return;
        var density = Math.Abs(amperes) * MilliamperesPerAmpere / _area / FlickerDensity;
        var size = Recipe.Flicker * Math.Min(FlickerMost, density * density);
        var keep = Math.Exp(-seconds / FlickerSeconds);
        state.Flicker = (state.Flicker * keep) + (size * Math.Sqrt(1 - (keep * keep)) * state.Draw.Normal());
    }

    /// <summary>Makes the electrical law of the last renewal out of the state, so that a snapshot in between gives the same law.</summary>
    private void Compose()
    {
        var (state, recipe, circuit) = (State, Recipe, _circuit);
        if (double.IsNaN(state.Celsius))
            return;
        var radius = Contact.Radius(recipe, state.RenewedSeconds);
        var warm = Arrhenius.Bulk(state.Celsius, recipe.BulkActivation);
        var gain = _growth.Gain(state.Working) + _growth.Gain(state.Counter);
        // Under a mask the resistance goes less than with 1/area: with about r^-1.5 for the cells of the paper.
        var whole = _ohmsAtReference * Math.Pow(radius, -1.5) * Math.Exp(state.Flicker);
        var bulk = whole * warm / (1 + gain);
        // τ = εε0/σ does not know of depth, only of temperature.
        var bulkSeconds = VacuumFaradsPerCentimetre * recipe.Permittivity / recipe.Conductivity * warm;
        var perArea = Contact.OhmSquareCentimetres(recipe, state.Throughput, state.Megapascals, state.RenewedSeconds) * Arrhenius.Rate(state.Celsius, recipe.InterfaceActivation);
        var area = _area * radius * radius;
        var working = Side(perArea * recipe.WorkingShare, state.Working, area);
        var counter = Side(perArea * (1 - recipe.WorkingShare), state.Counter, area);
        var voided = Math.Max(state.Working.Voided, state.Counter.Voided);
        var boundary = bulk * recipe.BoundaryShare;
        var constriction = bulk * recipe.Constriction * (Math.Sqrt(perArea / recipe.InterfaceEnd) + (6 * ((voided / (1 - voided)) - (Voids.Least / (1 - Voids.Least)))));
        circuit.Set(
            new(bulk, bulkSeconds, recipe.BulkExponent),
            new(Math.Max(boundary, 1e-9), Math.Max(boundary, 1e-9) * recipe.BoundaryFarads, BoundaryExponent),
            new(constriction, 1 / (2 * Math.PI * recipe.ConstrictionHertz), ConstrictionExponent),
            Arc(working, area, recipe.WorkingExponent),
            Arc(counter, area, recipe.CounterExponent));
        (circuit.LeadOhms, circuit.Henries) = (recipe.LeadOhms + state.ExtraLeadOhms, recipe.Henries + state.ExtraHenries);
        (circuit.DiffusionOhms, circuit.DiffusionSeconds) = (recipe.DiffusionOhms / area, recipe.DiffusionSeconds);
        (circuit.SofteningVolts, circuit.StrayFarads) = (recipe.Blocking ? 1e12 : recipe.InterfaceVolts, recipe.StrayFarads);
        circuit.OffsetVolts = recipe.OffsetVolts + (recipe.OffsetDriftVolts * state.RenewedSeconds / 86_400);
        _electronicSiemens = _leakAtReference / Arrhenius.Rate(state.Celsius, recipe.BulkActivation);
        (Truth.Loss, Truth.BulkOhmsAtReference) = (gain / (1 + gain), _ohmsAtReference / (1 + gain));
    }

    private double Side(double perArea, ElectrodeState side, double area) =>
        perArea / area * Voids.Raises(side) * MetalReserve(side);

    /// <summary>An electrode that has no metal left lets no more current through: its resistance rises e-fold with each µAh/cm².</summary>
    private double MetalReserve(ElectrodeState side) =>
        Math.Exp(Math.Clamp((side.Lost - Recipe.ReserveCharge) / ExhaustionCharge, 0, ExhaustionMost));

    private CircuitArc Arc(double ohms, double area, double exponent)
    {
        var farads = Recipe.InterfaceFarads * area;
        return Recipe.Blocking ? BlockingElectrode.Arc(farads, _ohmsAtReference, exponent) : new(ohms, ohms * farads, exponent);
    }
}

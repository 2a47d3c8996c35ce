using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Quantities;

namespace CycleRig.Storage.Recordings;

/// <summary>`cell.json`: the keys of the recording format, lab units.</summary>
public static class CellFactsJson
{
    public const string OxidationPositive = "positive current is oxidation at the working electrode";
    public const string PlatingPositive = "positive current plates metal on the working electrode";
    private const string Format = "cyclerig-recording/1";

    public static JsonObject Write(CellFacts cell)
    {
        var document = new JsonObject
        {
            ["id"] = cell.Id,
            ["format"] = Format,
            ["material"] = cell.Material,
            ["electrode"] = new JsonObject { ["working"] = cell.Working, ["counter"] = cell.Counter },
            ["area_cm2"] = cell.Area.SquareCentimetres,
            ["thickness_mm"] = cell.Thickness.Millimetres,
            ["diameter_mm"] = cell.Diameter?.Millimetres,
            ["temperature_setpoint_C"] = cell.TemperatureSetpoint?.Celsius,
            ["pressure_setpoint_MPa"] = cell.PressureSetpoint?.Megapascals,
            ["activation_energy_nominal_eV"] = cell.ActivationEnergy?.ElectronVolts,
            ["sign_convention"] = OxidationPositive,
            ["protocol"] = new JsonObject
            {
                ["current_density_mA_cm2"] = cell.NominalDensity?.MilliamperesPerSquareCentimetre,
                ["steps"] = new JsonArray([.. cell.Steps.Select(Step)]),
            },
            ["sample_period_s"] = cell.SamplePeriod?.TotalSeconds,
            ["geis"] = cell.Geis is { } geis ? Geis(geis) : null,
            ["chamber"] = cell.Chamber,
            ["press"] = cell.Press,
        };
        Prune(document);
        return document;
    }

    /// <summary>Reads the document; says whether its current must be turned round.</summary>
    /// <exception cref="FormatException">A key that nothing can stand in for is missing or of the wrong type.</exception>
    public static (CellFacts Cell, bool PlatingIsPositive) Read(JsonObject document, string name)
    {
        var convention = Text(document, "sign_convention");
        var platingIsPositive = convention switch
        {
            OxidationPositive => false,
            PlatingPositive => true,
            _ => throw new FormatException($"sign_convention is \"{convention}\"; write \"{OxidationPositive}\" or \"{PlatingPositive}\""),
        };
        Length? diameter = Number(document, "diameter_mm") is { } millimetres ? Length.FromMillimetres(millimetres) : null;
        Area? area = Number(document, "area_cm2") is { } squareCentimetres ? Area.FromSquareCentimetres(squareCentimetres)
            : diameter is { } disc ? Area.OfDisc(disc) : null;
        if (area is not { SquareMetres: > 0 })
            throw new FormatException("area_cm2 is missing or not above 0; write the electrode's area");
        if (Number(document, "thickness_mm") is not { } thickness || thickness <= 0)
            throw new FormatException("thickness_mm is missing or not above 0; write the pellet's thickness");
        var electrode = Object(document, "electrode");
        var protocol = Object(document, "protocol");
        var steps = protocol?["steps"] as JsonArray;
        var cell = new CellFacts(
            Text(document, "id") ?? name,
            Text(document, "material"),
            Text(electrode, "working"),
            Text(electrode, "counter"),
            area.Value,
            Length.FromMillimetres(thickness),
            diameter,
            Number(document, "temperature_setpoint_C") is { } celsius ? Temperature.FromCelsius(celsius) : null,
            Number(document, "pressure_setpoint_MPa") is { } pressure ? Pressure.FromMegapascals(pressure) : null,
            Number(document, "activation_energy_nominal_eV") is { } energy ? new ActivationEnergy(energy) : null,
            Seconds(document, "sample_period_s"),
            Object(document, "geis") is { } geis ? Geis(geis) : null,
            Text(document, "chamber"),
            Text(document, "press"),
            steps is null ? [] : [.. steps.OfType<JsonObject>().Select(Step)],
            Density(protocol, "current_density_mA_cm2") is { } nominal ? nominal.Magnitude : null);
        return (cell, platingIsPositive);
    }

    private static JsonNode Step(StepFacts step) => new JsonObject
    {
        ["duration_s"] = step.Duration?.TotalSeconds,
        ["current_density_mA_cm2"] = step.Density.Magnitude.MilliamperesPerSquareCentimetre,
        ["kind"] = step.Kind switch { StepKind.Plate => "plate", StepKind.Strip => "strip", _ => "rest" },
    };

    private static StepFacts Step(JsonObject step)
    {
        var kind = Text(step, "kind") switch { "plate" => StepKind.Plate, "strip" => StepKind.Strip, _ => StepKind.Rest };
        var magnitude = (Density(step, "current_density_mA_cm2") ?? default).Magnitude;
        return new(Seconds(step, "duration_s"), kind switch { StepKind.Plate => -magnitude, StepKind.Strip => magnitude, _ => default }, kind);
    }

    private static JsonObject Geis(GeisFacts geis) => new()
    {
        ["f_max_Hz"] = geis.FrequencyMax?.Hertz,
        ["f_min_Hz"] = geis.FrequencyMin?.Hertz,
        ["points_per_decade"] = geis.PointsPerDecade,
        ["points"] = geis.Points,
        ["amplitude_mA_cm2"] = geis.Amplitude?.MilliamperesPerSquareCentimetre,
        ["amplitude_unit"] = geis.AmplitudeUnit,
        ["period_s"] = geis.Period?.TotalSeconds,
        ["cycles_per_point"] = geis.CyclesPerPoint,
        ["overhead_s_per_point"] = geis.OverheadPerPoint?.TotalSeconds,
        ["order"] = geis.Order,
        ["sweep_duration_s"] = geis.SweepDuration?.TotalSeconds,
    };

    private static GeisFacts Geis(JsonObject geis) => new(
        Number(geis, "f_max_Hz") is { } max ? new Frequency(max) : null,
        Number(geis, "f_min_Hz") is { } min ? new Frequency(min) : null,
        Number(geis, "points_per_decade"),
        Number(geis, "points") is { } points ? (int)points : null,
        Density(geis, "amplitude_mA_cm2"),
        Text(geis, "amplitude_unit") ?? "peak",
        Seconds(geis, "period_s"),
        Number(geis, "cycles_per_point"),
        Seconds(geis, "overhead_s_per_point"),
        Text(geis, "order"),
        Seconds(geis, "sweep_duration_s"));

    private static void Prune(JsonObject document)
    {
        foreach (var (key, value) in document.ToList())
        {
            if (value is null)
                document.Remove(key);
            else if (value is JsonObject inner)
                Prune(inner);
            else if (value is JsonArray items)
                items.OfType<JsonObject>().ToList().ForEach(Prune);
        }
    }

    private static JsonObject? Object(JsonObject? document, string key) => document?[key] as JsonObject;

    private static string? Text(JsonObject? document, string key) => document?[key] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(), // An id may be a number.
        _ => null,
    };

    private static double? Number(JsonObject? document, string key) => document?[key] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number)
            && double.IsFinite(number) => number,
        var other => throw new FormatException($"{key} is {other.ToJsonString()}; write a number"),
    };

    private static TimeSpan? Seconds(JsonObject? document, string key) => Number(document, key) switch
    {
        null => null,
        { } seconds when seconds is >= 0 and < 1e10 => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)),
        var seconds => throw new FormatException($"{key} is {seconds} s; write 0 or more"),
    };

    private static CurrentDensity? Density(JsonObject? document, string key) =>
        Number(document, key) is { } value ? CurrentDensity.FromMilliamperesPerSquareCentimetre(value) : null;
}

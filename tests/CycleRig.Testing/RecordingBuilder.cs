using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Recordings;

namespace CycleRig.Testing;

/// <summary>A recording made of closed forms with noise: what is known goes in, files come out, as an instrument would have written them.</summary>
/// <param name="seed">Of the noise.</param>
public sealed class RecordingBuilder(int seed)
{
    public const double AreaSquareCentimetres = 0.0314159265;
    public const double ThicknessMillimetres = 1.2;

    private readonly Random _draw = new(seed);
    private readonly List<Sample> _samples = [];
    private readonly List<Spectrum> _spectra = [];
    private readonly List<JsonObject> _events = [];

    public double Time { get; private set; }

    public double Charge { get; private set; }

    public double Celsius { get; set; } = 30;

    public double Megapascals { get; set; } = 5;

    /// <summary>Standard deviations of the samples, A and V.</summary>
    public double CurrentNoise { get; set; }

    public double VoltageNoise { get; set; }

    /// <summary>Of each part of a spectrum's points, relative to |Z|.</summary>
    public double ImpedanceNoise { get; set; } = 0.002;

    public double Period { get; set; } = 1;

    /// <summary>Content of cell.json.</summary>
    public JsonObject Cell { get; } = new()
    {
        ["id"] = "cell-1", ["area_cm2"] = AreaSquareCentimetres, ["thickness_mm"] = ThicknessMillimetres, ["diameter_mm"] = 2,
        ["activation_energy_nominal_eV"] = 0.39, ["protocol"] = new JsonObject(),
    };

    public RecordingBuilder Named(string protocol)
    {
        Cell["protocol"]!["name"] = protocol;
        return this;
    }

    /// <summary>Current and voltage over the time since the step began; the last sample stands one period before its end.</summary>
    public RecordingBuilder Hold(double seconds, Func<double, double> amperes, Func<double, double> volts)
    {
        var end = Time + seconds;
        for (var begin = Time; Time < end - (Period / 2); Time += Period)
        {
            var current = amperes(Time - begin);
            _samples.Add(new(Time, current + Normal(CurrentNoise), volts(Time - begin) + Normal(VoltageNoise), Celsius, Megapascals, Charge));
            Charge += current * Period;
        }

        return this;
    }

    public RecordingBuilder Rest(double seconds, double volts = 0) => Hold(seconds, _ => 0, _ => volts);

    /// <summary>A sweep from 7 MHz down, ten points a decade, three periods a point.</summary>
    public RecordingBuilder Sweep(Func<double, Complex> impedance, double amperes = 0, double lowestHertz = 1)
    {
        var (points, start, count) = (ImmutableArray.CreateBuilder<SpectrumPoint>(), Time, (int)(10 * Math.Log10(7e6 / lowestHertz)) + 1);
        for (var k = 0; k < count; k++)
        {
            var frequency = 7e6 * Math.Pow(lowestHertz / 7e6, k / (count - 1.0));
            Time += 0.06 + (3 / frequency);
            var z = impedance(frequency);
            var noise = ImpedanceNoise * z.Magnitude;
            points.Add(new(frequency, z.Real + Normal(noise), z.Imaginary + Normal(noise), Time, amperes, Celsius, Megapascals));
        }

        Charge += amperes * (Time - start);
        _spectra.Add(new(_spectra.Count, start, points.ToImmutable()));
        return this;
    }

    /// <summary>A line of events.jsonl as the controller writes it.</summary>
    public RecordingBuilder Halted(string reason)
    {
        _events.Add(new()
        {
            ["time_s"] = Time, ["state"] = "halted", ["commands"] = new JsonArray(new JsonObject { ["type"] = "raise_alarm", ["reason"] = reason, ["text"] = "as the test says" }),
        });
        return this;
    }

    /// <summary>Writes the files.</summary>
    public void Write(string directory)
    {
        using var writer = new RecordingWriter(directory, Cell);
        foreach (var sample in _samples)
            writer.Write(sample);
        foreach (var spectrum in _spectra)
            writer.Write(spectrum);
        foreach (var line in _events)
            writer.Write(line);
    }

    /// <summary>What a reader of the files sees.</summary>
    public Recording Build(string name = "rec")
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        Write(path);
        return RecordingReader.Read(path);
    }

    public double Normal(double sd) => sd == 0 ? 0 : sd * Gaussian.Draw(_draw);

    /// <summary>A symmetric cell: leads, bulk, two interfaces of 35:65 at 0.6 µF/cm².</summary>
    public static Func<double, Complex> Symmetric(double bulkOhms, double interfaceOhms) => frequency =>
    {
        var omega = 2 * Math.PI * frequency;
        return new Complex(0, omega * 4e-7) + Arc(bulkOhms, 10e-12, 0.99, omega)
            + Contact(0.35 * interfaceOhms, 0.88, omega) + Contact(0.65 * interfaceOhms, 0.86, omega);
    };

    /// <summary>The same with an electronic path beside it.</summary>
    public static Func<double, Complex> Shorted(double bulkOhms, double interfaceOhms, double wireOhms)
    {
        var cell = Symmetric(bulkOhms, interfaceOhms);
        return frequency => 1 / ((1 / cell(frequency)) + (1 / wireOhms));
    }

    /// <summary>A pellet between electrodes that block ions.</summary>
    public static Func<double, Complex> Blocking(double bulkOhms) => frequency =>
    {
        var omega = 2 * Math.PI * frequency;
        return new Complex(0, omega * 4e-7) + Arc(bulkOhms, 10e-12, 0.99, omega) + (1 / (3e-8 * Complex.Pow(new(0, omega), 0.92)));
    };

    /// <summary>An interface of 1 µF/cm² on 2 mm, whatever its resistance: 0.2 to 3 µF/cm² is known.</summary>
    private static Complex Contact(double ohms, double exponent, double omega) => Arc(ohms, Math.Pow(ohms * 3.1e-8, exponent) / ohms, exponent, omega);

    private static Complex Arc(double ohms, double admittance, double exponent, double omega) =>
        1 / ((1 / ohms) + (admittance * Complex.Pow(new(0, omega), exponent)));
}

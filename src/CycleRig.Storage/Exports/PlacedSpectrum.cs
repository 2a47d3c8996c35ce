using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Exports;

/// <summary>A spectrum with what stands beside it: how it was ordered, the step, and the voltage while each point was measured.</summary>
/// <param name="Number">Number in the export, from 1.</param>
/// <param name="Spectrum">As measured.</param>
/// <param name="Order">How it was ordered, or null where the journal does not say.</param>
/// <param name="Step">The step when it began.</param>
/// <param name="Volts">Voltage of the newest sample before each point, V; NaN where there is none of the last seconds.</param>
internal sealed record PlacedSpectrum(int Number, Spectrum Spectrum, SweepOrder? Order, StepAt Step, double[] Volts)
{
    /// <summary>A sample older than this says nothing of a point, s; a channel is sampled at least once a second.</summary>
    private const double SampleAgeMax = 2;

    /// <summary>Whether its sine is a voltage; where the journal does not say, whether it was measured around rest.</summary>
    public bool IsPotentiostatic => Order?.IsPotentiostatic ?? Spectrum.Points.All(point => point.CurrentAmperes == 0);

    /// <summary>Technique as people call it.</summary>
    public string Technique => IsPotentiostatic ? "PEIS" : "GEIS";

    /// <summary>Spectra of a run in their order.</summary>
    public static IEnumerable<PlacedSpectrum> Of(ExportedRun run)
    {
        using var track = new StepTrack(run);
        using var samples = run.Samples().GetEnumerator();
        Sample? newest = null;
        var hasNext = samples.MoveNext();
        var number = 0;
        foreach (var spectrum in run.Spectra())
        {
            var step = track.At(spectrum.StartSeconds);
            var volts = new double[spectrum.Points.Length];
            for (var i = 0; i < volts.Length; i++)
            {
                var time = spectrum.Points[i].TimeSeconds;
                while (hasNext && samples.Current.TimeSeconds <= time)
                {
                    newest = samples.Current;
                    hasNext = samples.MoveNext();
                }

                volts[i] = newest is { } sample && time - sample.TimeSeconds is >= 0 and <= SampleAgeMax ? sample.Volts : double.NaN;
            }

            yield return new(++number, spectrum, track.OrderOf(spectrum.Index), step, volts);
        }
    }
}

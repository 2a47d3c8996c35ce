using System.Text;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Files;
using CycleRig.Impedance.Fitting;
using CycleRig.Reports.Fits;
using CycleRig.Testing;

namespace CycleRig.Reports.Tests;

/// <summary>Spectra of a garnet cell and what a plan finds in them.</summary>
internal static class Analysed
{
    public static AnalysisPlan TwoArcs { get; } = new()
    {
        Circuits = [Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)")], Options = FitOptions.Default with { RejectAbove = SpectrumAnalyst.RejectAbove },
    };

    public static NamedSpectrum Spectrum(string csv, string name = "cell") =>
        new(name, $"{name}.csv", SpectrumFile.Read($"{name}.csv", Encoding.UTF8.GetBytes(csv))[0]);

    public static SpectrumAnalysis Garnet(AnalysisPlan plan, int seed = 1, double drift = 0) => SpectrumAnalyst.Analyse(Spectrum(GarnetSweep.Csv(seed, interfaceDrift: drift)), plan);
}

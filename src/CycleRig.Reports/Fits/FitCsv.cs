using System.Globalization;
using System.Text;

namespace CycleRig.Reports.Fits;

/// <summary>Results as separated text: point as decimal mark, LF, SI units, numbers that read back the same.</summary>
public static class FitCsv
{
    /// <summary>All points of a spectrum in the order of its file: measured, fitted, residuals of |Z|, and whether each counted.</summary>
    public static string Points(SpectrumAnalysis analysis)
    {
        var (data, fitted, used) = (analysis.Data, analysis.Fitted(), analysis.Used());
        var text = new StringBuilder("frequency_Hz,zre_ohm,zim_ohm,fit_zre_ohm,fit_zim_ohm,residual_re_pct,residual_im_pct,used\n");
        for (var i = 0; i < data.Count; i++)
        {
            double?[] fit = fitted.Length == 0 ? new double?[4] :
            [
                fitted[i].Real, fitted[i].Imaginary,
                100 * (data.RealOhms[i] - fitted[i].Real) / data.Modulus(i), 100 * (data.ImaginaryOhms[i] - fitted[i].Imaginary) / data.Modulus(i),
            ];
            Row(text, [Number(data.FrequenciesHz[i]), Number(data.RealOhms[i]), Number(data.ImaginaryOhms[i]), .. fit.Select(Number), used[i] ? "1" : "0"]);
        }

        return text.ToString();
    }

    /// <summary>One row for each spectrum: how it was fitted, then all parameters with their standard errors; empty where its circuit has none.</summary>
    public static string Fits(IReadOnlyList<SpectrumAnalysis> analyses)
    {
        List<string> names = [.. analyses.SelectMany(one => one.Fit?.Names ?? []).Distinct()];
        var text = new StringBuilder();
        Row(text, ["name", "file", "label", "circuit", "converged", "points", "used", "noise", "chi_square", "degrees_of_freedom", "reduced_chi_square", .. Columns(names), "remarks"]);
        foreach (var one in analyses)
        {
            var fit = one.Fit is { Converged: true } converged ? converged : null;
            Row(text, [
                one.Spectrum.Name, one.Spectrum.File, one.Spectrum.Imported.Label, one.Circuit?.Text ?? "", one.Fit is null ? "" : fit is null ? "0" : "1",
                Number(one.Data.Count), Number(one.Within.Length - (fit?.LeftOut.Length ?? 0)), Number(one.Noise),
                Number(fit?.ChiSquare), Number(fit?.DegreesOfFreedom), Number(fit?.ReducedChiSquare), .. Values(one, names),
                string.Join("; ", (string[])[.. one.Fit is { Reason.Length: > 0 } told ? [told.Reason] : (string[])[], .. one.Spectrum.Imported.Remarks])]);
        }

        return text.ToString();
    }

    /// <summary>A series: parameters with their errors against number, label and start of each sweep.</summary>
    public static string Series(IReadOnlyList<SpectrumAnalysis> series)
    {
        List<string> names = [.. series[0].Fit!.Names];
        var text = new StringBuilder();
        Row(text, ["index", "name", "label", "time_s", "converged", "reduced_chi_square", .. Columns(names)]);
        for (var i = 0; i < series.Count; i++)
        {
            var one = series[i];
            var time = one.Data.TimesSeconds.IsEmpty ? (double?)null : one.Data.TimesSeconds.Min();
            Row(text, [
                Number(i + 1), one.Spectrum.Name, one.Spectrum.Imported.Label, Number(time), one.Fit!.Converged ? "1" : "0",
                Number(one.Fit.Converged ? one.Fit.ReducedChiSquare : null), .. Values(one, names)]);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Columns(List<string> names) => names.SelectMany(name => new[] { name, $"{name}_se" });

    private static IEnumerable<string> Values(SpectrumAnalysis one, List<string> names) => names.SelectMany(name =>
        one.Fit is { Converged: true } fit && fit.Names.IndexOf(name) is var k and >= 0 ? new[] { Number(fit.Values[k]), Number(fit.StandardErrors[k]) } : ["", ""]);

    private static string Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

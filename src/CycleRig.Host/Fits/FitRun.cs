using CycleRig.Host.Commands;
using CycleRig.Impedance;
using CycleRig.Impedance.Files;
using CycleRig.Reports.Fits;

namespace CycleRig.Host.Fits;

/// <summary>Reads files, analyses their spectra on all cores, and tells of them in the order given. What cannot be read does not stop the others.</summary>
internal sealed class FitRun(FitRequest request)
{
    private const string FolderDefault = "fit";

    private readonly List<string> _errors = [];

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var spectra = Read(cancellation);
        if (spectra.Count == 0)
            return await FinishAsync([]);
        var folder = Folder(out var error);
        if (error is not null)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }

        var analyses = request.Series ? Series(spectra, cancellation) : Each(spectra, cancellation);
        if (analyses.Count > 0)
            Write(folder, analyses, cancellation);
        if (!request.Json && analyses.Count > 0)
            Tell(analyses, folder);
        return await FinishAsync(analyses);
    }

    private IReadOnlyList<NamedSpectrum> Read(CancellationToken cancellation)
    {
        var files = request.Files;
        var (read, wrong) = (new IReadOnlyList<ImportedSpectrum>?[files.Count], new string?[files.Count]);
        using (var progress = new CountedProgress("read", files.Count))
        {
            AllCores.Do(files.Count, i =>
            {
                try
                {
                    read[i] = SpectrumFile.Read(files[i]);
                }
                catch (SpectrumFileException unreadable)
                {
                    wrong[i] = unreadable.Message;
                }

                progress.Report(i);
            }, cancellation);
        }

        _errors.AddRange(wrong.OfType<string>());
        return NamedSpectrum.Of(files.Zip(read).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!)));
    }

    private string Folder(out string? error)
    {
        var output = request.Output ?? FolderDefault;
        var inside = request.Files.FirstOrDefault(file => IsWithin(file, output));
        error = inside is null || (request.Output is not null && !request.Force) ? null
            : $"{output} holds {inside}, which would be lost; give another folder with --out";
        if (error is not null)
            return output;
        if (request.Output is not null)
            (output, error) = OutputFolder.Prepare(output, FolderDefault, request.Force);
        else
            Directory.CreateDirectory(output);
        return output;
    }

    private static bool IsWithin(string file, string folder) => Path.GetFullPath(file).StartsWith(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private List<SpectrumAnalysis> Each(IReadOnlyList<NamedSpectrum> spectra, CancellationToken cancellation)
    {
        var (analyses, wrong) = (new SpectrumAnalysis?[spectra.Count], new string?[spectra.Count]);
        using (var progress = new CountedProgress("fitted", spectra.Count))
        {
            AllCores.Do(spectra.Count, i =>
            {
                try
                {
                    analyses[i] = SpectrumAnalyst.Analyse(spectra[i], request.Plan);
                }
                catch (ArgumentException refused)
                {
                    wrong[i] = $"{spectra[i].File}: {spectra[i].Name}: {refused.Message}";
                }

                progress.Report(i);
            }, cancellation);
        }

        _errors.AddRange(wrong.OfType<string>());
        return [.. analyses.OfType<SpectrumAnalysis>()];
    }

    private IReadOnlyList<SpectrumAnalysis> Series(IReadOnlyList<NamedSpectrum> spectra, CancellationToken cancellation)
    {
        using var progress = new CountedProgress("fitted", spectra.Count);
        try
        {
            return SpectrumAnalyst.AnalyseSeries(spectra, request.Plan, progress, cancellation);
        }
        catch (ArgumentException refused)
        {
            _errors.Add(refused.Message);
            return [];
        }
    }

    private void Write(string path, IReadOnlyList<SpectrumAnalysis> analyses, CancellationToken cancellation)
    {
        var folder = new FitFolder(path);
        using var progress = new CountedProgress("drawn", analyses.Count);
        AllCores.Do(analyses.Count, i =>
        {
            folder.Write(analyses[i]);
            progress.Report(i);
        }, cancellation);
        folder.WriteAll(analyses);
        if (request.Series)
            folder.WriteSeries(analyses);
    }

    private void Tell(IReadOnlyList<SpectrumAnalysis> analyses, string folder)
    {
        if (request.Series)
        {
            foreach (var line in FitText.Series(analyses))
                Console.WriteLine(line);
            Console.WriteLine();
        }
        else
        {
            foreach (var analysis in analyses)
            {
                foreach (var line in FitText.Lines(analysis))
                    Console.WriteLine(line);
                Console.WriteLine();
            }
        }

        Console.WriteLine($"Written to {folder}: {(request.Series ? "series.csv, series.png and .svg, " : "")}fits.csv, and for each spectrum its JSON, CSV, PNG and SVG");
    }

    private async Task<int> FinishAsync(IReadOnlyList<SpectrumAnalysis> analyses)
    {
        if (request.Json)
            await Console.Out.WriteAsync(FitJson.Many(analyses, _errors));
        foreach (var error in _errors)
            await Console.Error.WriteLineAsync(error);
        return _errors.Count == 0 ? ExitCodes.Ok : ExitCodes.BadData;
    }
}

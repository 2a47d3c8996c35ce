using CycleRig.Impedance.Files;

namespace CycleRig.Reports.Fits;

/// <summary>A spectrum of a file and the name under which its results stand.</summary>
/// <param name="Name">Name of result files, without extension; no two spectra share one.</param>
/// <param name="File">Path of the file as given.</param>
/// <param name="Imported">What the file gave.</param>
public sealed record NamedSpectrum(string Name, string File, ImportedSpectrum Imported)
{
    /// <summary>Names of the files over all spectra.</summary>
    private static readonly string[] Reserved = ["fits", "series"];

    /// <summary>Names the spectra of several files: by the file, with a number where it holds several, and no name twice.</summary>
    public static IReadOnlyList<NamedSpectrum> Of(IEnumerable<(string File, IReadOnlyList<ImportedSpectrum> Spectra)> files)
    {
        var (named, taken) = (new List<NamedSpectrum>(), new HashSet<string>(Reserved, StringComparer.OrdinalIgnoreCase));
        foreach (var (file, spectra) in files)
        {
            for (var i = 0; i < spectra.Count; i++)
            {
                var number = spectra.Count > 1 ? $"-{i + 1}" : "";
                var name = Path.GetFileNameWithoutExtension(file) + number;
                if (!taken.Add(name))
                    name = Free($"{Path.GetFileName(file)}{number}", taken);
                named.Add(new(name, file, spectra[i]));
            }
        }

        return named;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        for (var n = 1; ; n++)
        {
            var candidate = n == 1 ? name : $"{name}-{n}";
            if (taken.Add(candidate))
                return candidate;
        }
    }
}

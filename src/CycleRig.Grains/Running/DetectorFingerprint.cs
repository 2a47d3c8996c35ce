namespace CycleRig.Grains.Running;

/// <summary>Stands for the detector's state in a checkpoint: a host that rebuilds it must come to the same.</summary>
/// <param name="Spectra">Spectra of the run that were judged.</param>
/// <param name="Sha256">Of the state after them, as canonical JSON.</param>
internal sealed record DetectorFingerprint(int Spectra, string Sha256);

namespace CycleRig.Impedance.Validity;

/// <summary>What a point says of itself: numbers, ranges, harmonics.</summary>
internal static class PointJudge
{
    public static PointVerdict Of(int index, RawPoint point, SpectrumCheckOptions options)
    {
        var (quality, frequency) = (point.Quality, point.FrequencyHz);
        var place = FormattableString.Invariant($"point {index + 1} at {frequency:G6} Hz");
        if (!(frequency > 0) || !double.IsFinite(frequency) || !double.IsFinite(point.RealOhms) || !double.IsFinite(point.ImaginaryOhms))
            return new(index, frequency, PointGrade.Missing, $"{place} is not a number; measure it again, or leave it out");
        if (point.RealOhms == 0 && point.ImaginaryOhms == 0)
            return new(index, frequency, PointGrade.Missing, $"{place} has |Z| = 0 Ω; measure it again, or leave it out");
        if (Saturation(quality, options) is { } saturation)
            return new(index, frequency, PointGrade.Saturated, $"{place} is saturated: {saturation}; take a larger range or a smaller amplitude");
        if (Above(quality.VoltageHarmonicsPercent, quality.CurrentHarmonicsPercent, options.HarmonicsMaxPercent) is { } harmonics)
            return new(index, frequency, PointGrade.NonLinear, $"{place} has harmonics of {harmonics}; take a smaller amplitude");
        if (Above(quality.VoltageDriftPercent, quality.CurrentDriftPercent, options.DriftMaxPercent) is { } drift)
            return new(index, frequency, PointGrade.NonStationary, $"{place} has a non-stationary distortion of {drift}; wait until the cell is steady");
        if (Above(quality.VoltageNoisePercent, quality.CurrentNoisePercent, options.NoiseMaxPercent) is { } noise)
            return new(index, frequency, PointGrade.Noisy, $"{place} has a noise to signal ratio of {noise}; measure more periods, or check leads and shield");
        return new(index, frequency, PointGrade.Good, "");
    }

    private static string? Saturation(PointQuality quality, SpectrumCheckOptions options)
    {
        if (quality.Saturated)
            return "the instrument reports an overload";
        if (options.VoltageFullScaleVolts is { } volts && quality.VoltagePeakVolts >= options.SaturatedPart * volts)
            return FormattableString.Invariant($"{quality.VoltagePeakVolts:G4} V in a range of ±{volts:G4} V");
        if (options.CurrentFullScaleAmperes is { } amperes && quality.CurrentPeakAmperes >= options.SaturatedPart * amperes)
            return FormattableString.Invariant($"{quality.CurrentPeakAmperes:G4} A in a range of ±{amperes:G4} A");
        return null;
    }

    private static string? Above(double voltage, double current, double limit) =>
        voltage > limit && voltage >= current ? FormattableString.Invariant($"{voltage:G3} % in the voltage, above {limit:G3} %")
        : current > limit ? FormattableString.Invariant($"{current:G3} % in the current, above {limit:G3} %")
        : null;
}

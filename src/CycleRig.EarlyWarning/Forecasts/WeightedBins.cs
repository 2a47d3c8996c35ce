namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>Weights of the logarithm of a quantity in bins of equal width, for its quantiles. What lies outside counts at the ends.</summary>
/// <param name="bins">Room for the weights.</param>
/// <param name="low">Logarithm at the lower end of the first bin.</param>
/// <param name="high">Logarithm at the upper end of the last bin.</param>
internal readonly ref struct WeightedBins(Span<double> bins, double low, double high)
{
    private readonly Span<double> _bins = bins;
    private readonly double _width = (high - low) / bins.Length;

    public void Add(double logarithm, double weight) => _bins[(int)Math.Clamp((logarithm - low) / _width, 0, _bins.Length - 1)] += weight;

    /// <summary>The quantity below which a share of the weight lies.</summary>
    public double Quantile(double share)
    {
        double total = 0, sum = 0;
        foreach (var weight in _bins)
            total += weight;
        for (var i = 0; i < _bins.Length; i++)
        {
            if (_bins[i] > 0 && sum + _bins[i] >= share * total)
                return Math.Exp(low + (_width * (i + (((share * total) - sum) / _bins[i]))));
            sum += _bins[i];
        }

        return Math.Exp(high);
    }
}

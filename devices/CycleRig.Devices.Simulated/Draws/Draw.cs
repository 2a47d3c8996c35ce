using System.Text.Json.Serialization;

namespace CycleRig.Devices.Simulated.Draws;

/// <summary>
/// A seeded generator whose whole state can be written down, so that a rig can be snapshotted and go on with the same bytes:
/// xoshiro256** (Blackman and Vigna 2018, doi 10.1145/3460772), filled by splitmix64.
/// </summary>
public sealed class Draw
{
    /// <summary>Draws from a seed and the name of the part that draws: adding a part changes no other.</summary>
    public Draw(int seed, string part)
    {
        var hash = 14695981039346656037ul; // FNV-1a.
        foreach (var letter in part)
            hash = (hash ^ letter) * 1099511628211ul;
        var mixed = hash ^ ((ulong)(uint)seed * 0x9e3779b97f4a7c15ul);
        Words = [SplitMix(ref mixed), SplitMix(ref mixed), SplitMix(ref mixed), SplitMix(ref mixed)];
    }

    /// <summary>Goes on from a snapshot.</summary>
    /// <param name="words">Four words, not all zero.</param>
    /// <param name="spare">A normal deviate that was drawn and not used, or NaN.</param>
    [JsonConstructor]
    public Draw(ulong[] words, double spare) => (Words, Spare) = (words, spare);

    /// <summary>The state: four words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ulong[] Words { get; }

    /// <summary>A normal deviate that was drawn and not used, or NaN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double Spare { get; private set; } = double.NaN;

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Uniform between two values.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>Whether something of this probability happens.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>A whole number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(Uniform() * bound);

    /// <summary>Standard normal (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (!double.IsNaN(Spare))
        {
            var kept = Spare;
            Spare = double.NaN;
            return kept;
        }

        double u, v, s;
        do
        {
            (u, v) = ((2 * Uniform()) - 1, (2 * Uniform()) - 1);
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);
        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        Spare = v * scale;
        return u * scale;
    }

    /// <summary>Lognormal by its median and the standard deviation of its logarithm.</summary>
    public double LogNormal(double median, double logSd) => median * Math.Exp(logSd * Normal());

    /// <summary>Exponential by its mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Weibull by its scale and shape.</summary>
    public double Weibull(double scale, double shape) => scale * Math.Pow(-Math.Log(1 - Uniform()), 1 / shape);

    /// <summary>Number of events of a Poisson law with a mean up to some hundreds.</summary>
    public int Poisson(double mean)
    {
        var count = 0;
        for (var sum = Exponential(1); sum < mean; sum += Exponential(1))
            count++;
        return count;
    }

    private ulong Next()
    {
        var words = Words;
        var result = ulong.RotateLeft(words[1] * 5, 7) * 9;
        var shifted = words[1] << 17;
        words[2] ^= words[0];
        words[3] ^= words[1];
        words[1] ^= words[2];
        words[0] ^= words[3];
        words[2] ^= shifted;
        words[3] = ulong.RotateLeft(words[3], 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9e3779b97f4a7c15ul;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ul;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebul;
        return z ^ (z >> 31);
    }
}

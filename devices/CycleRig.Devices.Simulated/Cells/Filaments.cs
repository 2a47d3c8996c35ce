namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// Filaments that grow from spalled sites while metal is plated, and what they take from the bulk resistance:
/// ΔG/G = Σ 2π l³ / (3 A L (ln(2l/a) - 1)), half-spheroid conductors in a uniform field, summed and scaled to the loss at the short.
/// </summary>
internal sealed class Filaments
{
    private const double AspectLog = 6.5; // ln(2l/a) - 1 of a filament of 1 µm radius and about 1 mm length.

    private readonly double _onset;
    private readonly double _growth;
    private readonly double _lossAtShort;
    private readonly double[] _start;
    private readonly double[] _speed;
    private double _deepest;
    private double _scale;

    public Filaments(SimulatedCellParameters parameters, Random draw)
    {
        (_onset, _growth, _lossAtShort) = (parameters.OnsetCharge, parameters.GrowthCharge, parameters.LossAtShort);
        _start = new double[parameters.Filaments];
        _speed = new double[parameters.Filaments];
        for (var i = 0; i < _start.Length; i++)
        {
            // The first starts at the onset and reaches the other side first; later ones stay shorter.
            _start[i] = i == 0 ? 0 : 0.35 * draw.NextDouble();
            _speed[i] = i == 0 ? 1 : 0.7 + (0.3 * draw.NextDouble());
        }

        _scale = 1;
        var atShort = Cubes(1);
        _scale = _lossAtShort / (1 - _lossAtShort) / atShort;
    }

    /// <summary>Relative rise of the bulk conductance.</summary>
    public double Gain { get; private set; }

    public bool HasBegun { get; private set; }

    /// <summary>Half of the way: the law's fast stage.</summary>
    public bool Propagates => _deepest >= 0.5;

    public bool HasBridged => _deepest >= 1;

    /// <summary>Takes the plated charge so far, mAh/cm². It only grows: metal does not go back.</summary>
    public void Plate(double platedCharge)
    {
        if (platedCharge <= _onset || HasBridged)
            return;
        HasBegun = true;
        var progress = Math.Min(1, (platedCharge - _onset) / _growth);
        if (progress <= _deepest)
            return;
        _deepest = progress;
        Gain = Cubes(progress);
    }

    private double Cubes(double progress)
    {
        double sum = 0;
        for (var i = 0; i < _start.Length; i++)
        {
            var length = Math.Max(0, (progress - _start[i]) / (1 - (0.35 * _start[i]))) * _speed[i];
            sum += 2 * Math.PI * length * length * length / (3 * AspectLog);
        }

        return sum * _scale;
    }
}

namespace CycleRig.Impedance.Files;

/// <summary>The points of a file, in arrays of their final length: a text of n bytes must not cost a multiple of its points.</summary>
/// <param name="capacity">Upper bound of the points.</param>
internal sealed class SpectrumPoints(int capacity)
{
    private readonly double[] _frequencies = new double[capacity];
    private readonly double[] _reals = new double[capacity];
    private readonly double[] _imaginaries = new double[capacity];
    private readonly int[] _rows = new int[capacity];
    private double[] _times = [];

    public int Count { get; private set; }

    /// <summary>Takes a point, its time (NaN where it is not known) and where its row starts in the text.</summary>
    public void Add(double frequency, double real, double imaginary, double time, int row)
    {
        if (!double.IsNaN(time) && _times.Length == 0)
        {
            _times = new double[capacity];
            Array.Fill(_times, double.NaN, 0, Count);
        }

        (_frequencies[Count], _reals[Count], _imaginaries[Count], _rows[Count]) = (frequency, real, imaginary, row);
        if (_times.Length > 0)
            _times[Count] = time;
        Count++;
    }

    /// <summary>Turns the sign of Im Z of the points from one on.</summary>
    public void Conjugate(int first)
    {
        for (var i = first; i < Count; i++)
            _imaginaries[i] = -_imaginaries[i];
    }

    /// <summary>Where the rows of the points from one on start in the text.</summary>
    public ReadOnlyMemory<int> Rows(int first) => _rows.AsMemory(first, Count - first);

    /// <summary>Whether each point from one on has a time.</summary>
    public bool HaveTimes(int first) => _times.Length > 0 && !_times.AsSpan(first, Count - first).Contains(double.NaN);

    /// <summary>Whether all times from one on are 0.</summary>
    public bool HaveZeroTimes(int first) => _times.Length > 0 && !_times.AsSpan(first, Count - first).ContainsAnyExcept(0);

    /// <summary>The points from one on.</summary>
    /// <exception cref="ArgumentException">All frequencies are equal.</exception>
    public ImpedanceData Data(int first, bool withTimes) =>
        new(Slice(_frequencies, first), Slice(_reals, first), Slice(_imaginaries, first), withTimes ? Slice(_times, first) : []);

    private ArraySegment<double> Slice(double[] values, int first) => new(values, first, Count - first);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// J'J, J'r and χ² of a circuit against N points, accumulated block by block: the Jacobian is never stored. Buffers are made once.
/// </summary>
internal sealed class NormalEquations
{
    private const int Lanes = ComplexVector.Lanes;

    private readonly ParameterMap _map;
    private readonly FrequencyBlock[] _blocks;
    private readonly Vector256<double>[] _real;
    private readonly Vector256<double>[] _imaginary;
    private readonly Vector256<double>[] _rootWeightReal;
    private readonly Vector256<double>[] _rootWeightImaginary;
    private readonly ComplexVector[] _derivatives;
    private readonly ComplexVector[] _stack;
    private readonly ComplexVector[] _columns;
    private readonly Vector256<double>[] _sums;
    private readonly double[] _constants;
    private readonly bool _isOneToOne;

    /// <param name="map">Which parameters are free.</param>
    /// <param name="frequenciesHz">N frequencies, Hz.</param>
    /// <param name="times">N times since the parameters held, in lengths of the sweep, or none.</param>
    public NormalEquations(ParameterMap map, ReadOnlySpan<double> frequenciesHz, ReadOnlySpan<double> times)
    {
        var circuit = map.Circuit;
        (_map, Points, Active) = (map, frequenciesHz.Length, frequenciesHz.Length);
        var blocks = (Points + Lanes - 1) / Lanes;
        _blocks = new FrequencyBlock[blocks];
        (_real, _imaginary) = (new Vector256<double>[blocks], new Vector256<double>[blocks]);
        (_rootWeightReal, _rootWeightImaginary) = (new Vector256<double>[blocks], new Vector256<double>[blocks]);
        Span<double> omega = new double[blocks * Lanes];
        Span<double> elapsed = new double[blocks * Lanes];
        for (var i = 0; i < omega.Length; i++)
        {
            omega[i] = 2 * Math.PI * frequenciesHz[Math.Min(i, Points - 1)];
            elapsed[i] = times.IsEmpty ? 0 : times[Math.Min(i, Points - 1)];
        }

        for (var b = 0; b < blocks; b++)
        {
            var frequencies = Vector256.Create<double>(omega.Slice(b * Lanes, Lanes));
            _blocks[b] = new(frequencies, Vector256.Log(frequencies), Vector256.Create<double>(elapsed.Slice(b * Lanes, Lanes)));
        }

        (_derivatives, _stack, _columns) = (new ComplexVector[circuit.Parameters.Length], new ComplexVector[circuit.Depth], new ComplexVector[map.Free + 1]);
        (_constants, _sums) = (new double[circuit.Constants], new Vector256<double>[(map.Free + 1) * (map.Free + 2) / 2]);
        (Matrix, Gradient) = (new double[map.Free * map.Free], new double[map.Free]);
        _isOneToOne = map.Free == circuit.Parameters.Length;
    }

    public int Points { get; }

    /// <summary>Points from the first that are looked at; all where it is not set.</summary>
    public int Active { get; set; }

    /// <summary>J'J of the last <see cref="Accumulate"/>, lower triangle, row by row.</summary>
    public double[] Matrix { get; }

    /// <summary>J'r, r = model - data.</summary>
    public double[] Gradient { get; }

    /// <summary>The measured values.</summary>
    public Span<double> Real => Numbers(_real);

    public Span<double> Imaginary => Numbers(_imaginary);

    /// <summary>1/σ of the real parts; 0 for what does not count.</summary>
    public Span<double> RootWeightReal => Numbers(_rootWeightReal);

    public Span<double> RootWeightImaginary => Numbers(_rootWeightImaginary);

    /// <summary>Moves a point to another frequency.</summary>
    public void SetFrequency(int point, double hertz)
    {
        var (b, lane) = Math.DivRem(point, Lanes);
        var omega = 2 * Math.PI * hertz;
        // Lanes behind it do not count yet, and must stay finite.
        for (var at = lane; at < Lanes; at++)
            _blocks[b] = _blocks[b] with { Omega = _blocks[b].Omega.WithElement(at, omega), LogOmega = _blocks[b].LogOmega.WithElement(at, Math.Log(omega)) };
    }

    /// <summary>Fills <see cref="Matrix"/> and <see cref="Gradient"/>.</summary>
    /// <param name="values">Parameters.</param>
    /// <returns>χ².</returns>
    public double Accumulate(ReadOnlySpan<double> values)
    {
        _map.Circuit.Prepare(values, _constants);
        Array.Clear(_sums);
        for (var b = 0; b * Lanes < Active; b++)
        {
            var z = _map.Circuit.Evaluate(_blocks[b], _constants, _derivatives, _stack);
            var (real, imaginary) = (_rootWeightReal[b], _rootWeightImaginary[b]);
            Gather(real, imaginary);
            _columns[^1] = new((z.Real - _real[b]) * real, (z.Imaginary - _imaginary[b]) * imaginary);
            AddProducts();
        }

        return Unpack();
    }

    /// <summary>Residuals of the points.</summary>
    /// <param name="values">Parameters.</param>
    /// <param name="residualsOhms">Filled with N of model - data, Ω.</param>
    public void Residuals(ReadOnlySpan<double> values, Span<Complex> residualsOhms)
    {
        _map.Circuit.Prepare(values, _constants);
        for (var b = 0; b * Lanes < Active; b++)
        {
            var z = _map.Circuit.Evaluate(_blocks[b], _constants, _derivatives, _stack);
            var difference = new ComplexVector(z.Real - _real[b], z.Imaginary - _imaginary[b]);
            for (var lane = 0; lane < Lanes && (b * Lanes) + lane < Active; lane++)
                residualsOhms[(b * Lanes) + lane] = difference.At(lane);
        }
    }

    /// <summary>Residual of one point, model - data, Ω.</summary>
    public Complex Residual(ReadOnlySpan<double> values, int point)
    {
        _map.Circuit.Prepare(values, _constants);
        var (b, lane) = Math.DivRem(point, Lanes);
        var z = _map.Circuit.Evaluate(_blocks[b], _constants, _derivatives, _stack);
        return new ComplexVector(z.Real - _real[b], z.Imaginary - _imaginary[b]).At(lane);
    }

    private Span<double> Numbers(Vector256<double>[] vectors) => MemoryMarshal.Cast<Vector256<double>, double>(vectors.AsSpan())[..Points];

    /// <summary>Weighted derivatives by the free variables; tied parameters share one.</summary>
    private void Gather(Vector256<double> real, Vector256<double> imaginary)
    {
        if (_isOneToOne)
        {
            for (var k = 0; k < _derivatives.Length; k++)
                _columns[k] = new(_derivatives[k].Real * real, _derivatives[k].Imaginary * imaginary);
            return;
        }

        Array.Clear(_columns);
        for (var k = 0; k < _derivatives.Length; k++)
        {
            if (_map.Columns[k] is var column and >= 0)
                _columns[column] += new ComplexVector(_derivatives[k].Real * real, _derivatives[k].Imaginary * imaginary);
        }
    }

    private void AddProducts()
    {
        ref var column = ref MemoryMarshal.GetArrayDataReference(_columns);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (var k = 0; k < _columns.Length; k++)
        {
            var (real, imaginary) = Unsafe.Add(ref column, k);
            for (var l = 0; l <= k; l++)
            {
                ref readonly var other = ref Unsafe.Add(ref column, l);
                sum = Vector256.MultiplyAddEstimate(real, other.Real, Vector256.MultiplyAddEstimate(imaginary, other.Imaginary, sum));
                sum = ref Unsafe.Add(ref sum, 1);
            }
        }
    }

    private double Unpack()
    {
        var (free, at) = (_map.Free, 0);
        for (var k = 0; k < free; k++)
        {
            for (var l = 0; l <= k; l++)
                Matrix[(k * free) + l] = Vector256.Sum(_sums[at++]);
        }

        for (var l = 0; l < free; l++)
            Gradient[l] = Vector256.Sum(_sums[at++]);
        return Vector256.Sum(_sums[at]);
    }
}

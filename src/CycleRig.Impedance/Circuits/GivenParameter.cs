namespace CycleRig.Impedance.Circuits;

/// <summary>What a circuit string says of a parameter, in our element's definition and SI units.</summary>
/// <param name="Value">Start value, or null where none is written.</param>
/// <param name="Low">Lower limit, or null.</param>
/// <param name="High">Upper limit, or null.</param>
/// <param name="IsFixed">Whether it is not to be fitted.</param>
public readonly record struct GivenParameter(double? Value, double? Low, double? High, bool IsFixed)
{
    /// <summary>The same through a monotonic function; a falling one swaps the limits.</summary>
    internal GivenParameter Through(Func<double, double> function, bool isFalling = false)
    {
        double? Of(double? value) => value is { } v ? function(v) : null;
        return isFalling ? new(Of(Value), Of(High), Of(Low), IsFixed) : new(Of(Value), Of(Low), Of(High), IsFixed);
    }

    /// <summary>A parameter of two: known where both are, fixed where both are. Limits of two make no limits of one.</summary>
    internal static GivenParameter Of(GivenParameter a, GivenParameter b, Func<double, double, double> function) =>
        new(a.Value is { } x && b.Value is { } y ? function(x, y) : null, null, null, a.IsFixed && b.IsFixed);
}

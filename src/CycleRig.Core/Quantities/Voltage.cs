using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Potential difference, working against counter electrode.</summary>
public readonly record struct Voltage(double Volts) : IComparable<Voltage>
{
    public static Voltage FromMillivolts(double value) => new(value * 1e-3);

    public double Millivolts => Volts / 1e-3;

    public Voltage Magnitude => new(Math.Abs(Volts));

    public static Voltage operator -(Voltage voltage) => new(-voltage.Volts);

    public static Voltage operator +(Voltage left, Voltage right) => new(left.Volts + right.Volts);

    public static Voltage operator -(Voltage left, Voltage right) => new(left.Volts - right.Volts);

    public static bool operator <(Voltage left, Voltage right) => left.Volts < right.Volts;

    public static bool operator >(Voltage left, Voltage right) => left.Volts > right.Volts;

    public static bool operator <=(Voltage left, Voltage right) => left.Volts <= right.Volts;

    public static bool operator >=(Voltage left, Voltage right) => left.Volts >= right.Volts;

    public int CompareTo(Voltage other) => Volts.CompareTo(other.Volts);

    public static Resistance operator /(Voltage voltage, Current current) => new(voltage.Volts / current.Amperes);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Volts:G6} V");
}

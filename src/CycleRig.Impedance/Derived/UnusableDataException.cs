namespace CycleRig.Impedance.Derived;

/// <summary>Measured values from which a quantity cannot be derived; the message says which and what to give instead.</summary>
public sealed class UnusableDataException(string message) : ArgumentException(message);

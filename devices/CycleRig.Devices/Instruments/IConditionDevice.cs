namespace CycleRig.Devices.Instruments;

/// <summary>A temperature chamber (°C) or a press (MPa). It keeps its last set-point when nobody asks.</summary>
public interface IConditionDevice
{
    /// <summary>Name in the rig file.</summary>
    string Name { get; }

    /// <summary>Sets the target, °C or MPa; the device ramps at its own limit.</summary>
    void SetTarget(double target);

    /// <summary>Hears one reading a second, on the rig's loop, from now on, in place of any former listener.</summary>
    void Connect(Action<ConditionReading> listener);
}

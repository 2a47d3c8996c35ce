namespace CycleRig.Devices.Instruments;

/// <summary>A normally open relay in the current lead. It closes when fed and opens by itself 2 s after the last feed.</summary>
public interface ICellRelay
{
    /// <summary>Whether the contact is closed.</summary>
    bool IsClosed { get; }

    /// <summary>Closes the contact for 2 s from now.</summary>
    void Feed();

    /// <summary>Opens the contact at once.</summary>
    void Open();
}

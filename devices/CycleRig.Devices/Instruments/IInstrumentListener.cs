namespace CycleRig.Devices.Instruments;

/// <summary>Takes what an instrument says. Called on the rig's loop only.</summary>
public interface IInstrumentListener
{
    /// <summary>A sample; this call allocates nothing.</summary>
    void OnSample(in InstrumentSample sample);

    /// <summary>Anything else.</summary>
    void OnReport(InstrumentReport report);
}

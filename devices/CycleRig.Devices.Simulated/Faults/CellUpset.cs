using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;

namespace CycleRig.Devices.Simulated.Faults;

/// <summary>Upsets that befall the cell or its leads, at once.</summary>
internal static class CellUpset
{
    /// <summary>Lets an upset begin; one of the instrument does nothing here.</summary>
    public static void Befall(SimulatedCell cell, ChannelUpset upset)
    {
        switch (upset.Kind)
        {
            case UpsetKind.LeadStep:
                cell.TouchLeads(upset.Size, 0);
                break;
            case UpsetKind.SoftShort:
                cell.ShortSoftly();
                break;
            case UpsetKind.SuddenShort:
                cell.Bridge();
                break;
            default:
                break;
        }
    }
}

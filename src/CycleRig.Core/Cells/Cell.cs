using CycleRig.Core.Quantities;

namespace CycleRig.Core.Cells;

/// <summary>The thing tested: two electrodes on a pellet, with what is known of it.</summary>
/// <param name="Id">Name, [a-z0-9-]{1,32}.</param>
/// <param name="Material">Solid electrolyte.</param>
/// <param name="Area">Electrode area.</param>
/// <param name="Diameter">Electrode (mask) diameter.</param>
/// <param name="DiameterSd">Standard uncertainty of the diameter; 50 µm unless said.</param>
/// <param name="Thickness">Pellet thickness.</param>
/// <param name="ThicknessSd">Standard uncertainty of the thickness; 10 µm unless said.</param>
/// <param name="Working">Working electrode.</param>
/// <param name="Counter">Counter electrode.</param>
/// <param name="Surface">Treatment of the electrolyte's surface.</param>
/// <param name="Limits">What the cell may see.</param>
/// <param name="Foil">Thickness of the metal foil of each electrode; null where it is not known.</param>
public sealed record Cell(
    string Id,
    Material Material,
    Area Area,
    Length Diameter,
    Length DiameterSd,
    Length Thickness,
    Length ThicknessSd,
    Electrode Working,
    Electrode Counter,
    Surface Surface,
    CellLimits Limits,
    Length? Foil = null);

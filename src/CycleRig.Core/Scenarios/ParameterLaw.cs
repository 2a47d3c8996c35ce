namespace CycleRig.Core.Scenarios;

/// <summary>A parameter of a simulated cell and how it is drawn.</summary>
/// <param name="Parameter">Name, one of <see cref="CellParameters.All"/>.</param>
/// <param name="Law">How it is drawn.</param>
public sealed record ParameterLaw(string Parameter, Distribution Law);

namespace CycleRig.Storage.Exports;

/// <summary>What a column of the Battery Data Format holds.</summary>
internal enum BdfKind
{
    /// <summary>A measured number; what is no finite number has no value.</summary>
    Number,

    /// <summary>A number that every row has.</summary>
    Always,

    /// <summary>A whole number that every row has.</summary>
    Count,

    /// <summary>The Step Type, the one text.</summary>
    StepType,
}

/// <summary>A column by its preferred label.</summary>
internal sealed record BdfColumn(string Label, BdfKind Kind = BdfKind.Number);

/// <summary>A row, valid until the next one is asked for.</summary>
/// <param name="Values">By column; counts as doubles, NaN for none.</param>
/// <param name="StepType">Value of the Step Type.</param>
internal readonly record struct BdfRow(double[] Values, string? StepType);

/// <summary>A table of the Battery Data Format; rows come one by one.</summary>
/// <param name="Columns">Columns in their order.</param>
/// <param name="Rows">Rows in rising time.</param>
internal sealed record BdfTable(IReadOnlyList<BdfColumn> Columns, IEnumerable<BdfRow> Rows);

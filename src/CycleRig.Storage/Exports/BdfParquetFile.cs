using System.Diagnostics;
using Parquet;
using Parquet.Schema;

namespace CycleRig.Storage.Exports;

/// <summary>Writes a table of the Battery Data Format as Apache Parquet: doubles as measured, row groups of a bounded size, Snappy.</summary>
internal sealed class BdfParquetFile
{
    /// <summary>Rows of a row group: what is held in memory, some 23 columns of 9 bytes a row, or 7 MB.</summary>
    internal const int RowsOfGroup = 32_768;

    private const int PoolBytes = 4 << 20;

    private static readonly ParquetOptions Options = new()
    {
        CompressionMethod = CompressionMethod.Snappy, MaximumSmallPoolFreeBytes = PoolBytes, MaximumLargePoolFreeBytes = PoolBytes,
    };

    private readonly IReadOnlyList<BdfColumn> _columns;
    private readonly ParquetSchema _schema;
    private readonly double[][] _buffers;
    private readonly string?[] _stepTypes = new string?[RowsOfGroup];
    private readonly double?[] _numbers = new double?[RowsOfGroup];
    private readonly long[] _counts = new long[RowsOfGroup];

    private BdfParquetFile(IReadOnlyList<BdfColumn> columns)
    {
        _columns = columns;
        _schema = new([.. columns.Select(Field)]);
        _buffers = [.. columns.Select(_ => new double[RowsOfGroup])];
    }

    /// <summary>Writes a table.</summary>
    /// <param name="path">File to make.</param>
    /// <param name="table">What to write.</param>
    /// <param name="metadata">Keys and values of the file's footer.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Ends it between two row groups.</param>
    public static async Task WriteAsync(
        string path, BdfTable table, IReadOnlyDictionary<string, string> metadata, RowProgress progress, CancellationToken cancellation)
    {
        var file = new BdfParquetFile(table.Columns);
        await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using var writer = await ParquetWriter.CreateAsync(
            file._schema, stream, Options, cancellationToken: cancellation);
        writer.CustomMetadata = metadata;
        var rows = 0;
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Values.Length; i++)
                file._buffers[i][rows] = row.Values[i];
            file._stepTypes[rows] = row.StepType;
            progress.Wrote(row.Values[0]);
            if (++rows == RowsOfGroup)
            {
                await file.GroupAsync(writer, rows, cancellation);
                rows = 0;
            }
        }

        if (rows > 0)
            await file.GroupAsync(writer, rows, cancellation);
    }

    private static DataField Field(BdfColumn column) => column.Kind switch
    {
        BdfKind.Number => new DataField<double>(column.Label, nullable: true),
        BdfKind.Always => new DataField<double>(column.Label, nullable: false),
        BdfKind.Count => new DataField<long>(column.Label, nullable: false),
        BdfKind.StepType => new DataField<string>(column.Label, nullable: true),
        _ => throw new UnreachableException($"No type for {column.Kind}."),
    };

    private async Task GroupAsync(ParquetWriter writer, int rows, CancellationToken cancellation)
    {
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < _columns.Count; i++)
        {
            var (field, values) = (_schema.DataFields[i], _buffers[i]);
            switch (_columns[i].Kind)
            {
                case BdfKind.Number:
                    for (var row = 0; row < rows; row++)
                        _numbers[row] = double.IsFinite(values[row]) ? values[row] : null;
                    await group.WriteAsync<double>(field, _numbers.AsMemory(0, rows), cancellationToken: cancellation);
                    break;
                case BdfKind.Always:
                    await group.WriteAsync<double>(field, values.AsMemory(0, rows), cancellationToken: cancellation);
                    break;
                case BdfKind.Count:
                    for (var row = 0; row < rows; row++)
                        _counts[row] = (long)values[row];
                    await group.WriteAsync<long>(field, _counts.AsMemory(0, rows), cancellationToken: cancellation);
                    break;
                case BdfKind.StepType:
                    await group.WriteAsync(field, new ArraySegment<string?>(_stepTypes, 0, rows)!);
                    break;
                default:
                    throw new UnreachableException($"No column of {_columns[i].Kind}.");
            }
        }

        group.CompleteValidate();
    }
}

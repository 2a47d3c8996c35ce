namespace CycleRig.Reports.Protocols;

/// <summary>A recording does not hold what an analysis needs; the message says what is missing and what to do.</summary>
public sealed class ReportException(string message, Exception? inner = null) : Exception(message, inner);

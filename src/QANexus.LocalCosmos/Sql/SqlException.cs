namespace QANexus.LocalCosmos.Sql;

/// <summary>
/// A query that cannot be run: its text is wrong, or it asks for something that is not supported, which the message names. The positions are
/// those of the offending text, in UTF-16 code units; both are zero where the fault is not in the text (a parameter, a continuation).
/// </summary>
internal sealed class SqlException(string code, string message, int start = 0, int end = 0) : Exception(message)
{
    /// <summary>The service's code, such as SC1001.</summary>
    public string Code { get; } = code;

    public int Start { get; } = start;

    public int End { get; } = end;

    public static SqlException NotSupported(string what, Syntax.TextSpan span) =>
        new("SC2990", $"The specified query includes '{what}' which is currently not supported.", span.Start, span.End);

    public static SqlException BadContinuation() => new("SC4001", "The continuation token is not one that this query returned.");
}

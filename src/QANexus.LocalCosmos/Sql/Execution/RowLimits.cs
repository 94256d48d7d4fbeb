using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>What TOP, OFFSET and LIMIT leave of the rows. TOP is a LIMIT without OFFSET.</summary>
internal sealed record RowLimits(int Offset, int Limit)
{
    public static RowLimits Of(SelectQuery query, Binder binder)
    {
        if (query.OffsetLimit is not { } limits)
            return new RowLimits(0, query.Select.Top is { } top ? binder.BindCount(top, "TOP") : int.MaxValue);
        if (query.Select.Top is not null)
        {
            throw new SqlException(
                "SC2205", "A TOP cannot be used in the same query or subquery as an OFFSET.", query.Span.Start, query.Span.End);
        }

        return new RowLimits(binder.BindCount(limits.Offset, "OFFSET"), binder.BindCount(limits.Limit, "LIMIT"));
    }
}

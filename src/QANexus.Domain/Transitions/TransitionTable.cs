using System.Collections.Frozen;

namespace QANexus.Domain.Transitions;

/// <summary>From which status to which others a thing may go. What is terminal follows from it and is not said again.</summary>
/// <typeparam name="TStatus">The statuses; every one of them has a row.</typeparam>
public sealed class TransitionTable<TStatus>
    where TStatus : struct, Enum
{
    private readonly FrozenDictionary<TStatus, TStatus[]> rows;

    /// <exception cref="ArgumentException">A status has no row, or two.</exception>
    public TransitionTable(params IReadOnlyList<(TStatus From, TStatus[] To)> rows)
    {
        if (rows.Count != Enum.GetValues<TStatus>().Length || rows.DistinctBy(static row => row.From).Count() != rows.Count)
        {
            throw new ArgumentException($"Every {typeof(TStatus).Name} has one row.", nameof(rows));
        }

        this.rows = rows.ToFrozenDictionary(static row => row.From, static row => row.To);
    }

    /// <summary>Where one may go from <paramref name="from"/>.</summary>
    public IReadOnlyList<TStatus> AllowedFrom(TStatus from) => rows[from];

    /// <summary>Whether the step is in the table. Staying where one is is no step.</summary>
    public bool Allows(TStatus from, TStatus to) => Array.IndexOf(rows[from], to) >= 0;

    /// <summary>Whether nothing follows.</summary>
    public bool IsTerminal(TStatus status) => rows[status].Length == 0;
}

using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Sprints;

/// <summary>Story points against the capacity.</summary>
public readonly record struct SprintLoad(long Points, int Capacity)
{
    public long Remaining => Capacity - Points;

    public bool IsFull => Points >= Capacity;

    /// <summary>Whole percent of the capacity, more than 100 where it is exceeded.</summary>
    public long UsagePercent => (long)Rounded.Quotient(100 * Points, Capacity);

    public bool CanAdd(int points) => Points + points <= Capacity;
}

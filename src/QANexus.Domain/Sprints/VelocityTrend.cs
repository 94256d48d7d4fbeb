using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Sprints;

/// <summary>The completed points of the last sprints.</summary>
/// <param name="Average">Their mean, two decimals.</param>
/// <param name="StandardDeviation">Of the whole population, two decimals.</param>
/// <param name="Direction">The newest against the one before.</param>
/// <param name="SuggestedCapacity">For the next sprint: the mean, within what a capacity may be; none without a sprint.</param>
public sealed record VelocityTrend(decimal Average, decimal StandardDeviation, VelocityDirection Direction, int? SuggestedCapacity)
{
    /// <summary>Sprints that are looked at.</summary>
    public const int Window = 5;

    /// <param name="completedPoints">In the order of their ends, the newest last.</param>
    public static VelocityTrend Of(IReadOnlyList<long> completedPoints)
    {
        var last = completedPoints.TakeLast(Window).Select(static points => (decimal)points).ToArray();
        if (last.Length == 0)
        {
            return new VelocityTrend(0, 0, VelocityDirection.Stable, null);
        }

        var mean = last.Sum() / last.Length;
        var variance = last.Sum(points => (points - mean) * (points - mean)) / last.Length;
        var direction = last.Length < 2 ? VelocityDirection.Stable : Compare(last[^2], last[^1]);
        var capacity = (int)Math.Clamp(Rounded.HalfUp(mean), SprintCapacity.Min, SprintCapacity.Max);
        return new VelocityTrend(Rounded.HalfUp(mean, 2), Rounded.HalfUp(SquareRoot(variance), 2), direction, capacity);
    }

    private static VelocityDirection Compare(decimal before, decimal newest) =>
        newest > before ? VelocityDirection.Increasing : newest < before ? VelocityDirection.Decreasing : VelocityDirection.Stable;

    /// <summary>Newton's method, from a double's guess.</summary>
    private static decimal SquareRoot(decimal value)
    {
        if (value == 0)
        {
            return 0;
        }

        var root = (decimal)Math.Sqrt((double)value);
        return (root + (value / root)) / 2;
    }
}

using System.Globalization;

namespace QANexus.Benchmarks.Comparison;

/// <summary>What both stores did of one thing a second.</summary>
/// <param name="Operation">What.</param>
/// <param name="Unit">Of what a rate counts.</param>
/// <param name="Ours">Ours, a second: the median of the rounds.</param>
/// <param name="Marten">Marten's.</param>
/// <param name="Ratio">The median of the rounds' ratios: over 1, ours is faster.</param>
/// <param name="Lowest">The lowest ratio of a round.</param>
/// <param name="Highest">The highest.</param>
internal sealed record ComparisonRow(string Operation, string Unit, double Ours, double Marten, double Ratio, double Lowest, double Highest)
{
    public static ComparisonRow Of(string operation, string unit, IReadOnlyList<(double Ours, double Marten)> rounds)
    {
        var ratios = rounds.Select(static round => round.Ours / round.Marten).ToList();
        return new ComparisonRow(
            operation, unit, Median(rounds.Select(static round => round.Ours)), Median(rounds.Select(static round => round.Marten)), Median(ratios), ratios.Min(), ratios.Max());
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {Operation} | {Ours:N0} | {Marten:N0} | {Unit} | {Ratio:0.00} | {Lowest:0.00} to {Highest:0.00} |");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

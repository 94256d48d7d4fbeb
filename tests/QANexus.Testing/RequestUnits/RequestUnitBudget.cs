namespace QANexus.Testing.RequestUnits;

/// <summary>What an operation may cost.</summary>
/// <param name="Charge">Request units at most.</param>
/// <param name="RoundTrips">Round trips at most; null where they are not limited.</param>
/// <param name="Source">Who says so.</param>
public sealed record RequestUnitBudget(double Charge, int? RoundTrips, BudgetSource Source)
{
    /// <summary>A row of the architecture's budget.</summary>
    public static RequestUnitBudget OfArchitecture(double charge, int? roundTrips) => new(charge, roundTrips, BudgetSource.Architecture);

    /// <summary>What the operation cost when it was measured first, and a little more: so that it does not grow unnoticed.</summary>
    public static RequestUnitBudget Ceiling(double charge, int? roundTrips) => new(charge, roundTrips, BudgetSource.Ceiling);
}

/// <summary>Where a budget comes from.</summary>
public enum BudgetSource
{
    /// <summary>It was promised.</summary>
    Architecture,

    /// <summary>It is what was measured.</summary>
    Ceiling,
}

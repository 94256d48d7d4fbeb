using CsCheck;
using QANexus.LocalCosmos.Tests.Sql.Syntax;

namespace QANexus.LocalCosmos.Tests.Sql.Planning;

public sealed class GeneratedPlanTests
{
    [LibraryFact]
    public void Random_queries_have_the_librarys_plan() => GeneratedQueries.Queries.Sample(
        static query =>
        {
            var (info, error) = QueryPlanLibrary.Instance.Plan(query, PlanLibraryTests.Parameters);
            Assert.True(error is null, $"{query}\n{error}");
            // Nothing is left of a query that can never return anything; it has no plan to compare.
            bool isFoldedAway = info!.Value.GetProperty("rewrittenQuery").GetString()!.Length == 0 &&
                (query.Contains("ORDER BY", StringComparison.Ordinal) || query.Contains("OFFSET", StringComparison.Ordinal));
            if (!isFoldedAway)
                Assert.Equal(PlanLibraryTests.Normalize(info.Value), PlanLibraryTests.Normalize(PlanLibraryTests.Plan(query)));
        },
        iter: 2000,
        threads: 1);
}

using System.Globalization;
using QANexus.Testing.RequestUnits;
using Xunit.Abstractions;

namespace QANexus.EventStore.Cosmos.Tests.RequestUnits;

/// <summary>The report that <c>QANexus.Benchmarks -- ru</c> prints, by the published model that LocalCosmos charges: a model, not a bill.</summary>
public sealed class RequestUnitReportTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_costs_more_than_it_may()
    {
        var rows = await RequestUnitReport.MeasureAsync();

        foreach (var row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{row.Operation}: {row.Charge:0.00} RU of {row.Budget.Charge}, {row.RoundTrips} round trips of {row.Budget.RoundTrips}"));
        }

        Assert.All(rows, static row => Assert.False(row.IsExceeded, row.ToString()));
        Assert.All(rows, static row => Assert.InRange(row.Charge, 0.01, row.Budget.Charge));
        // Every row of the architecture's budget is there; the cached load once for each length.
        Assert.Equal(10, rows.Where(static row => row.Budget.Source is BudgetSource.Architecture).DistinctBy(static row => row.Budget).Count());
    }

    [Theory]
    [InlineData(8.5, 1, false)]
    [InlineData(8.4, 1, true)]
    [InlineData(8.5, null, false)]
    [InlineData(8.5, 0, true)]
    public void A_row_over_its_budget_says_so(double charge, int? roundTrips, bool exceeded)
    {
        var budget = RequestUnitBudget.OfArchitecture(charge, roundTrips);
        Assert.Equal(exceeded, new RequestUnitRow("append", "one", 8.5, 1, 1, 0, 0, budget).IsExceeded);
    }
}

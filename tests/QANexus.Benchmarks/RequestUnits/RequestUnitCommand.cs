using System.Globalization;
using System.Text.Json;
using QANexus.Testing.RequestUnits;

namespace QANexus.Benchmarks.RequestUnits;

/// <summary><c>ru [--json FILE]</c>: prints what every kind of operation costs in request units, and fails where one costs more than it may.</summary>
internal static class RequestUnitCommand
{
    /// <returns>0, or 1 where a budget is exceeded.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        string? file = null;
        if (arguments is ["--json", var path])
        {
            file = path;
        }
        else if (arguments.Length > 0)
        {
            await Console.Error.WriteLineAsync("ru [--json FILE]");
            return 2;
        }

        var rows = await RequestUnitReport.MeasureAsync();
        Print(rows);
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(rows, RequestUnitJson.Default.IReadOnlyListRequestUnitRow));
        }

        return rows.Any(static row => row.IsExceeded) ? 1 : 0;
    }

    private static void Print(IReadOnlyList<RequestUnitRow> rows)
    {
        Console.WriteLine("| area | operation | RU | budget | round trips | requests | bytes sent | bytes received | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            var budget = row.Budget.Source is BudgetSource.Architecture ? Number(row.Budget.Charge) : $"({Number(row.Budget.Charge)})";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Area} | {row.Operation} | {row.Charge:0.00} | {budget} | {row.RoundTrips} | {row.Requests} | {row.BytesSent:N0} | {row.BytesReceived:N0} | {(row.IsExceeded ? "over" : "")} |"));
        }

        Console.WriteLine();
        Console.WriteLine("By the published model of Cosmos DB's charges, which LocalCosmos applies: a model, not a bill. Budgets in brackets are not promised but held.");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

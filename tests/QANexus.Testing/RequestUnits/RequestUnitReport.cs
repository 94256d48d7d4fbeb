namespace QANexus.Testing.RequestUnits;

/// <summary>
/// What every kind of operation costs, each on a store of its own: the rows of the architecture's budget and more. The same figures every time, as
/// LocalCosmos charges by a model.
/// </summary>
public static class RequestUnitReport
{
    /// <summary>Measures all rows, in the order of the report.</summary>
    public static async Task<IReadOnlyList<RequestUnitRow>> MeasureAsync()
    {
        var rows = new List<RequestUnitRow>();
        foreach (var part in (IAsyncEnumerable<RequestUnitRow>[])
            [AppendCharges.MeasureAsync(), LoadCharges.MeasureAsync(), QueryCharges.MeasureAsync(), DeliveryCharges.MeasureAsync()])
        {
            await foreach (var row in part)
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}

using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Api.TestReports;

/// <summary>What became of an import.</summary>
internal abstract record ReportImportResult
{
    /// <summary>Request units spent.</summary>
    public double RequestCharge { get; init; }

    /// <summary>The run is there, with all results.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="Name">Its name, if it has one.</param>
    /// <param name="IsRepeat">An earlier import had completed it.</param>
    internal sealed record Imported(AggregateId Id, string? Name, bool IsRepeat) : ReportImportResult;

    /// <summary>Somebody has changed the run, or made another one of its id: a rule says no to the next step.</summary>
    internal sealed record Rejected(Decision.Rejection Rejection) : ReportImportResult;

    /// <summary>Somebody has used the key of a step for something else.</summary>
    internal sealed record KeyReused(CommitId CommitId) : ReportImportResult;
}

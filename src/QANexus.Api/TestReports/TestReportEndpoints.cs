using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.Domain.TestReports;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;

namespace QANexus.Api.TestReports;

/// <summary>Makes test runs of the reports that tools write.</summary>
public sealed class TestReportEndpoints(EndpointPipeline pipeline, AggregateRepositories<TestRunState> runs)
{
    /// <summary>Bytes of a report.</summary>
    internal const long MaxBytes = 128L * 1024 * 1024;

    /// <summary>
    /// Imports a report: 201, or 200 where the same content was imported before. One that is not whole is refused before anything is written.
    /// </summary>
    public Task<IResult> ImportAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ImportTestReport, request, tenantId, (tenant, cancellation) => ImportAsync(request, tenant, cancellation), cancellationToken);

    private async Task<Answer> ImportAsync(HttpRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken)
    {
        if (!TestReportRequest.TryRead(request, out var read, out var problem))
        {
            return problem!;
        }

        await using var content = await SpooledBody.ReadAsync(request, MaxBytes, cancellationToken);
        if (content is null)
        {
            return new Problem(ProblemCode.PayloadTooLarge, $"The report is larger than {MaxBytes} bytes.");
        }

        try
        {
            var report = await TestReport.ReadAsync(content, TestReportLimits.Default, cancellationToken);
            return await ImportAsync(report, read, tenant, cancellationToken);
        }
        catch (TestReportException wrong)
        {
            return new Problem(ProblemCode.MalformedRequest, $"The body is no test report that can be read to its end. {wrong.Message}");
        }
    }

    private async Task<Answer> ImportAsync(TestReport report, TestReportRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken)
    {
        var run = TestRunImport.ToRun(report, request.FileName, tenant.Caller.Actor, request.SprintId?.Value, request.ReleaseId?.Value);
        var metadata = new AppendMetadata { Actor = tenant.Caller.Actor, TraceParent = tenant.Trace.TraceParent };
        var result = await new ReportImport(tenant.Store, runs.For(tenant.Store), report, run, metadata).RunAsync(cancellationToken);
        Answer answer = result switch
        {
            ReportImportResult.Imported imported => new JsonAnswer(
                imported.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created, TestRunsAnswer.Write(imported, report.Totals))
            {
                Headers = imported.IsRepeat ? [new(ApiHeaders.IdempotencyReplayed, "true")] : [],
            },
            ReportImportResult.Rejected { Rejection: var rejection } => new Problem(
                rejection.Kind is RejectionKind.Invariant ? ProblemCode.InvariantViolated : ProblemCode.TransitionNotAllowed, rejection.Message)
            {
                Rule = rejection.Rule,
            },
            ReportImportResult.KeyReused reused => new Problem(
                ProblemCode.IdempotencyKeyReused, $"The key '{reused.CommitId}' of a step of this import was used for something else."),
            _ => throw new InvalidOperationException($"An import cannot end in {result.GetType().Name}."),
        };
        return answer with { RequestCharge = result.RequestCharge };
    }
}

using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.TestRuns;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class TestRunFunctions(TestRunEndpoints testRuns)
{
    [Function("create-test-run")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRuns)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        testRuns.CreateAsync(request, tenantId, cancellationToken);

    [Function("read-test-run")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.TestRun)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.ReadAsync(request, tenantId, id, cancellationToken);

    [Function("start-test-run")]
    public Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRunStart)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.StartAsync(request, tenantId, id, cancellationToken);

    [Function("record-test-results")]
    public Task<IResult> Record(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRunResults)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.RecordAsync(request, tenantId, id, cancellationToken);

    [Function("complete-test-run")]
    public Task<IResult> Complete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRunCompletion)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.CompleteAsync(request, tenantId, id, cancellationToken);

    [Function("stop-test-run")]
    public Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRunStop)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.StopAsync(request, tenantId, id, cancellationToken);

    [Function("cancel-test-run")]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRunCancellation)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.CancelAsync(request, tenantId, id, cancellationToken);

    [Function("analyze-test-run")]
    public Task<IResult> Analyze(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestRunAnalysis)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        testRuns.AnalyzeAsync(request, tenantId, id, cancellationToken);
}

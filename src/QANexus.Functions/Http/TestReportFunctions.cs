using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Routing;
using QANexus.Api.TestReports;

namespace QANexus.Functions.Http;

public sealed class TestReportFunctions(TestReportEndpoints reports)
{
    [Function("import-test-report")]
    public Task<IResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.TestReportImport)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        reports.ImportAsync(request, tenantId, cancellationToken);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Telemetry;

namespace QANexus.Api.Requests;

/// <summary>
/// One request as a span, a measurement and a line in the log, which say the same in both hosts: the operation, the tenant, the status and what it
/// cost. They cover the work until there is an answer, not its sending.
/// </summary>
internal sealed class MeasuredRequest : IDisposable
{
    private static readonly ActivitySource Source = new(EventStoreTelemetry.Name);
    private static readonly Meter Meter = new(EventStoreTelemetry.Name);

    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("qanexus.request.duration", "s", "Time until a request had its answer.");

    private readonly string operation;
    private readonly string? tenant;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Activity? activity;
    private readonly long start;

    /// <param name="operation">What the request does.</param>
    /// <param name="tenantId">As the route has it. Only what can be the name of a tenant is reported.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes the line.</param>
    public MeasuredRequest(string operation, string? tenantId, TimeProvider time, ILogger logger)
    {
        (this.operation, this.time, this.logger) = (operation, time, logger);
        tenant = TenantId.TryParse(tenantId, out var named) ? named.Value : null;
        start = time.GetTimestamp();
        activity = Source.StartActivity(operation);
        activity?.SetTag("qanexus.tenant", tenant);
    }

    /// <param name="status">The status of the answer.</param>
    /// <param name="problem">The code of the problem that it is, if it is one.</param>
    /// <param name="requestCharge">Request units spent, if the store was asked.</param>
    /// <param name="trace">The trace of the request.</param>
    public void Answer(int status, string? problem, double? requestCharge, RequestTrace trace)
    {
        var elapsed = time.GetElapsedTime(start);
        Durations.Record(elapsed.TotalSeconds, new TagList { { "operation", operation }, { "http.response.status_code", status } });
        activity?.SetTag("http.response.status_code", status).SetTag("error.type", problem).SetTag("qanexus.request_charge", requestCharge);
        if (status >= 500)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        RequestLog.Answered(logger, operation, tenant ?? "-", status, Math.Round(elapsed.TotalMilliseconds, 1), requestCharge ?? 0, trace.TraceId);
    }

    public void Dispose() => activity?.Dispose();
}

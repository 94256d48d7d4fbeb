using System.Diagnostics;
using System.Diagnostics.Metrics;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Telemetry;

/// <summary>One call of the store, as a span and as measurements. Neither holds an id of an aggregate or of an event, nor anything of a payload.</summary>
internal sealed class StoreCall : IDisposable
{
    private const string Ok = "ok";
    private const string Unforeseen = "failed";

    private static readonly ActivitySource Source = new(EventStoreTelemetry.Name);

    private static readonly Histogram<double> Durations =
        EventStoreMeter.Instance.CreateHistogram<double>("qanexus.store.duration", "s", "Time of calls of the store, retries and waiting included.");

    private static readonly Counter<double> Charges =
        EventStoreMeter.Instance.CreateCounter<double>("qanexus.store.request_charge", "{RU}", "Request units of calls of the store that ended with a result.");

    private readonly string operation;
    private readonly TimeProvider time;
    private readonly long start;
    private readonly Activity? activity;
    private string outcome = Unforeseen;

    public StoreCall(string operation, TenantId tenant, TimeProvider time)
    {
        (this.operation, this.time) = (operation, time);
        start = time.GetTimestamp();
        activity = Source.StartActivity($"store {operation}");
        activity?.SetTag("qanexus.tenant", tenant.Value);
    }

    public void Describe(string name, object value) => activity?.SetTag(name, value);

    public void Succeed(double requestCharge, string outcome = Ok)
    {
        this.outcome = outcome;
        activity?.SetTag("qanexus.request_charge", requestCharge);
        Charges.Add(requestCharge, new KeyValuePair<string, object?>("operation", operation));
    }

    public void Fail(Exception failure)
    {
        outcome = failure switch
        {
            StoreThrottledException => "throttled",
            StoreUnavailableException => "unavailable",
            AppendOutcomeUnknownException => "unknown",
            InvalidAppendException => "invalid",
            OperationCanceledException => "cancelled",
            _ => Unforeseen,
        };
        // The type alone: a message may quote what was sent.
        activity?.SetTag("error.type", failure.GetType().FullName).SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        activity?.SetTag("qanexus.outcome", outcome);
        activity?.Dispose();
        Durations.Record(time.GetElapsedTime(start).TotalSeconds, new TagList { { "operation", operation }, { "outcome", outcome } });
    }
}

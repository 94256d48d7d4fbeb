namespace QANexus.LocalCosmos.Gateway;

/// <summary>Header names of the protocol.</summary>
internal static class CosmosHeaders
{
    public const string Authorization = "Authorization";
    public const string Date = "x-ms-date";
    public const string Version = "x-ms-version";
    public const string ActivityId = "x-ms-activity-id";
    public const string Etag = "etag";
    public const string IfMatch = "If-Match";
    public const string IfNoneMatch = "If-None-Match";
    public const string IfModifiedSince = "If-Modified-Since";
    public const string AIm = "A-IM";
    public const string Prefer = "Prefer";
    public const string ContentType = "Content-Type";
    public const string Continuation = "x-ms-continuation";
    public const string MaxItemCount = "x-ms-max-item-count";
    public const string ItemCount = "x-ms-item-count";
    public const string RequestCharge = "x-ms-request-charge";
    public const string SessionToken = "x-ms-session-token";
    public const string ConsistencyLevel = "x-ms-consistency-level";
    public const string SubStatus = "x-ms-substatus";
    public const string RetryAfterMilliseconds = "x-ms-retry-after-ms";
    public const string ContentPath = "x-ms-content-path";
    public const string AltContentPath = "x-ms-alt-content-path";
    public const string PartitionKey = "x-ms-documentdb-partitionkey";
    public const string PartitionKeyRangeId = "x-ms-documentdb-partitionkeyrangeid";
    public const string IsQuery = "x-ms-documentdb-isquery";
    public const string IsUpsert = "x-ms-documentdb-is-upsert";
    public const string IsQueryPlanRequest = "x-ms-cosmos-is-query-plan-request";
    public const string IsBatchRequest = "x-ms-cosmos-is-batch-request";
    public const string BatchAtomic = "x-ms-cosmos-batch-atomic";
    public const string BatchOrdered = "x-ms-cosmos-batch-ordered";
    public const string BatchContinueOnError = "x-ms-cosmos-batch-continue-on-error";
    public const string ReadKeyType = "x-ms-read-key-type";
    public const string StartEpk = "x-ms-start-epk";
    public const string EndEpk = "x-ms-end-epk";
    public const string OptimisticDirectExecute = "x-ms-cosmos-query-optimisticdirectexecute";
    public const string RequiresDistribution = "x-ms-cosmos-query-requiresdistribution";
    public const string ChangeFeedWireFormatVersion = "x-ms-cosmos-changefeed-wire-format-version";
    public const string OfferThroughput = "x-ms-offer-throughput";
    public const string OfferAutopilot = "x-ms-cosmos-offer-autopilot-settings";
}

namespace QANexus.Api.Requests;

/// <summary>Headers that are not in the registry.</summary>
internal static class ApiHeaders
{
    public const string ConfirmTenant = "X-Confirm-Tenant";

    public const string IdempotencyKey = "Idempotency-Key";

    public const string IdempotencyReplayed = "Idempotency-Replayed";

    public const string RequestCharge = "X-Request-Charge";
}

using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using QANexus.Api.Streams;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Limits;

/// <summary>What the options allow each tenant, and how much of its rate is left. A tenant that rests is forgotten.</summary>
public sealed class TenantQuotas : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ApiOptions options;
    private readonly PartitionedRateLimiter<TenantId> rates;

    /// <param name="options">What the host allows.</param>
    public TenantQuotas(IOptions<ApiOptions> options)
    {
        this.options = options.Value;
        rates = PartitionedRateLimiter.Create<TenantId, TenantId>(PartitionOf);
    }

    /// <summary>How large its requests may be.</summary>
    internal RequestLimits LimitsOf(TenantId tenant) => new(
        Choose(tenant, static limits => limits.MaxBodyBytes) ?? AppendBody.MaxBytes,
        Choose(tenant, static limits => limits.MaxPageSize) ?? TenantLimits.LargestPage);

    /// <summary>Counts a request: null where it is within the tenant's rate, else when to come again.</summary>
    internal TimeSpan? Take(TenantId tenant)
    {
        using var lease = rates.AttemptAcquire(tenant);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : Period;
    }

    /// <inheritdoc/>
    public void Dispose() => rates.Dispose();

    private RateLimitPartition<TenantId> PartitionOf(TenantId tenant)
    {
        if (Choose(tenant, static limits => limits.RequestsPerSecond) is not { } rate)
        {
            return RateLimitPartition.GetNoLimiter(tenant);
        }

        var own = options.TenantLimits.GetValueOrDefault(tenant.Value);
        // The burst that goes with everybody's rate does not go with one of its own.
        var burst = own?.RequestBurst ?? (own?.RequestsPerSecond is null ? options.Limits.RequestBurst : null) ?? rate * 2;
        return RateLimitPartition.GetTokenBucketLimiter(tenant, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst, TokensPerPeriod = rate, ReplenishmentPeriod = Period, QueueLimit = 0,
        });
    }

    private int? Choose(TenantId tenant, Func<TenantLimits, int?> limit) =>
        (options.TenantLimits.GetValueOrDefault(tenant.Value) is { } own ? limit(own) : null) ?? limit(options.Limits);
}

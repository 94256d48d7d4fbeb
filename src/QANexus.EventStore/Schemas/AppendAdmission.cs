using Microsoft.Extensions.Options;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Schemas;

/// <summary>What the catalogue and the aggregates say of events that are to be stored: their versions, and whether they may be.</summary>
internal sealed class AppendAdmission(EventCatalog catalog, EventSchemas schemas, FoldAdmission folds, IOptions<EventCatalogOptions> options)
{
    /// <summary>Violations that are reported; data of nothing else would only be sent back.</summary>
    private const int MaxViolations = 100;

    public EventCatalog Catalog => catalog;

    /// <summary>The version that the event is stored with.</summary>
    public int VersionOf(NewEvent e) => e.SchemaVersion ?? catalog.LatestVersion(e.Type);

    /// <summary>
    /// Why the events may not be stored: an <see cref="InvalidAppendException"/> or an <see cref="UnknownSchemaVersionException"/>, for the caller to
    /// throw. The answer may differ between builds, so a request that was stored before is never judged by it.
    /// </summary>
    /// <param name="tenant">Whose stream.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="now">When it would be stored.</param>
    /// <param name="cancellationToken">Observed between upcasting steps.</param>
    public async ValueTask<EventStoreException?> FindRefusalAsync(
        TenantId tenant, AppendRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var violations = new List<AppendViolation>();
        EventStoreException? newer = null;
        for (var i = 0; i < request.Events.Count && violations.Count < MaxViolations; i++)
        {
            var e = request.Events[i];
            if (!catalog.TryGet(e.Type, out var known))
            {
                if (options.Value.UnknownTypes is UnknownEventTypes.Refused)
                {
                    violations.Add(new AppendViolation($"/events/{i}/type", "is not known, and only known types are accepted"));
                }
            }
            else if (VersionOf(e) > known.LatestVersion)
            {
                newer ??= new UnknownSchemaVersionException(e.Type, VersionOf(e), known.LatestVersion);
            }
            else if (VersionOf(e) == known.LatestVersion)
            {
                violations.AddRange(schemas.FindViolations(e.Type, e.Data)
                    .Select(violation => new AppendViolation($"/events/{i}/data{violation.Pointer}", violation.Message)));
            }
        }

        if (violations.Count == 0)
        {
            violations.AddRange(await folds.FindViolationsAsync(tenant, request, now, cancellationToken));
        }

        return violations.Count > 0 ? new InvalidAppendException([.. violations.Take(MaxViolations)]) : newer;
    }
}

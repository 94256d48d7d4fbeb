using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.MultiTenancy;
using Marten;
using Marten.Events;
using Marten.Events.Aggregation;
using Weasel.Core;

namespace QANexus.Benchmarks.Comparison;

/// <summary>Marten, set up for speed as its documentation advises: quick appends, an index on event types, lightweight sessions.</summary>
internal sealed class MartenStore : IComparedStore
{
    private readonly DocumentStore documents;

    private MartenStore(DocumentStore documents) => this.documents = documents;

    public string Name => "Marten";

    public static async Task<MartenStore> StartAsync(string connectionString)
    {
        var store = DocumentStore.For(options =>
        {
            options.Connection(connectionString);
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.DisableNpgsqlLogging = true;
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.Events.TenancyStyle = TenancyStyle.Conjoined;
            options.Events.AppendMode = EventAppendMode.Quick;
            options.Events.EnableEventTypeIndex = true;
            options.Policies.AllDocumentsAreMultiTenanted();
            options.Events.AddEventTypes(ComparedJson.Types.Values);
            options.Projections.AsyncMode = DaemonMode.Solo;
            options.Projections.Add(new SummaryProjection(), ProjectionLifecycle.Async);
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return new MartenStore(store);
    }

    public async Task AppendAsync(string tenant, string stream, long version, IReadOnlyList<IComparedEvent> events)
    {
        await using var session = documents.LightweightSession(tenant);
        if (version == 0)
        {
            session.Events.StartStream(stream, events);
        }
        else
        {
            session.Events.Append(stream, version + events.Count, events);
        }

        await session.SaveChangesAsync();
    }

    public async Task<int> ReadAsync(string tenant, string stream)
    {
        await using var session = documents.QuerySession(tenant);
        return (await session.Events.FetchStreamAsync(stream)).Count;
    }

    public async Task<int> QueryAsync<TEvent>(string tenant)
        where TEvent : class, IComparedEvent
    {
        await using var session = documents.QuerySession(tenant);
        return (await session.Events.QueryAllRawEvents().Where(static e => e.EventTypesAre(typeof(TEvent))).OrderBy(static e => e.Sequence).Take(200).ToListAsync()).Count;
    }

    public async Task ProjectAsync(IReadOnlyCollection<string> tenants)
    {
        using var daemon = await documents.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(TimeSpan.FromMinutes(10));
        await daemon.StopAllAsync();
    }

    public async Task<long> CountProjectedAsync(string tenant)
    {
        await using var session = documents.QuerySession(tenant);
        return await session.Query<StreamSummary>().SumAsync(static summary => summary.Events);
    }

    public async ValueTask DisposeAsync() => await documents.DisposeAsync();

    private sealed class SummaryProjection : SingleStreamProjection<StreamSummary, string>
    {
        public SummaryProjection() => Options.CacheLimitPerTenant = 1_000;

        public override StreamSummary Evolve(StreamSummary? snapshot, string id, IEvent e) => (snapshot ?? new StreamSummary(id, 0, 0)).With(e.Data);
    }
}

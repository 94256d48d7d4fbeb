using System.Collections.Concurrent;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Subscriptions;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>Subscribers over a store of their own; a test is the trigger.</summary>
public sealed class DeliveryFixture : IAsyncDisposable
{
    private readonly Action<IServiceCollection> configure;

    private DeliveryFixture(StoreFixture store, Action<IServiceCollection>? configure)
    {
        Store = store;
        this.configure = configure ?? (services => services.AddSingleton<IEventSubscriber>(Subscriber));
        Process = Start();
    }

    /// <summary>Whose events are published.</summary>
    public static TenantId Tenant { get; } = TenantId.Parse("t1");

    public StoreFixture Store { get; }

    /// <summary>The newest process.</summary>
    public StoreProcess Process { get; private set; }

    public ListingSubscriber Subscriber { get; } = new();

    public static Task<DeliveryFixture> StartAsync(bool durable = false) => StartAsync(configure: null, durable);

    /// <param name="subscribers">Who takes what is delivered.</param>
    internal static Task<DeliveryFixture> StartAsync(params IReadOnlyList<IEventSubscriber> subscribers) => StartAsync(With(subscribers));

    /// <param name="configure">What its processes have beside the store: subscribers above all.</param>
    /// <param name="durable">On disk, which lagging replicas need.</param>
    public static async Task<DeliveryFixture> StartAsync(Action<IServiceCollection>? configure, bool durable = false) =>
        new(await StoreFixture.StartAsync(durable), configure);

    /// <summary>A process with a memory of its own takes over.</summary>
    public StoreProcess Start() => Start(configure);

    /// <summary>A build with other subscribers takes over.</summary>
    internal StoreProcess Start(params IReadOnlyList<IEventSubscriber> subscribers) => Start(With(subscribers));

    public T Get<T>()
        where T : notnull => Process.Services.GetRequiredService<T>();

    public async Task<StreamPosition> AppendAsync(string stream, int events, int dataBytes = 0, string type = "RequirementCreated")
    {
        var result = await Store.Store.AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse(stream), Events = [.. Some.Events(events, dataBytes).Select(e => e with { Type = EventType.Parse(type) })],
            },
            CancellationToken.None);
        return result.Position();
    }

    /// <summary>Appends one commit with an event of each type, whose id is the type's with the stream's.</summary>
    public async Task<AppendResult> PublishAsync(string stream, params IReadOnlyList<string> types) => await Store.Store.AppendAsync(
        new AppendRequest
        {
            Stream = StreamId.Parse(stream), Events = [.. types.Select(type => Some.Event(type, id: $"{type}-{StreamId.Parse(stream).AggregateId}"))],
        },
        CancellationToken.None);

    /// <summary>What a trigger is handed of the whole feed, page by page.</summary>
    public async Task<IReadOnlyList<string>> ReadFeedAsync(int pageSize = 100)
    {
        var pages = new List<string>();
        using var iterator = Process.Client.GetContainer("qanexus", ContainerNames.Events).GetChangeFeedIterator<Newtonsoft.Json.Linq.JObject>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = pageSize });
        while (iterator.HasMoreResults)
        {
            var page = await iterator.ReadNextAsync();
            if (page.StatusCode is System.Net.HttpStatusCode.NotModified)
            {
                break;
            }

            pages.Add(Newtonsoft.Json.JsonConvert.SerializeObject(page));
        }

        return pages;
    }

    public async Task DeliverAsync(string batch) =>
        await Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None);

    /// <summary>Everything that the feed has, as a trigger that starts from the beginning.</summary>
    public async Task DeliverAllAsync()
    {
        foreach (var page in await ReadFeedAsync())
        {
            await DeliverAsync(page);
        }
    }

    public async Task<IReadOnlyList<ParkedStream>> ParkedAsync() =>
        (await Get<ISubscriptionOperations>().ParkedAsync(Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!;

    /// <summary>Lifts a stream's parking.</summary>
    /// <returns>What of it is parked now.</returns>
    public async Task<IReadOnlyList<ParkedStream>> RetryAsync(string stream) => (await Get<ISubscriptionOperations>().RetryAsync(
        Tenant, SubscriptionGroups.Subscribers, StreamId.Parse(stream), handler: null, CancellationToken.None))!;

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private StoreProcess Start(Action<IServiceCollection> configure) => Process = Store.StartProcess(services =>
    {
        configure(services);
        services.AddCosmosSubscriptions(static options =>
        {
            (options.FirstBackoff, options.MaxBackoff) = (TimeSpan.Zero, TimeSpan.Zero);
            options.ReconcileDelay = TimeSpan.Zero;
        });
    });

    private static Action<IServiceCollection> With(IReadOnlyList<IEventSubscriber> subscribers) => services =>
    {
        foreach (var subscriber in subscribers)
        {
            services.AddSingleton(subscriber);
        }
    };

    /// <summary>Writes down what it is given.</summary>
    public sealed class ListingSubscriber : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("listing");

        public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventType.Parse("RequirementCreated")];

        public ConcurrentQueue<EventDelivery> Deliveries { get; } = new();

        public ConcurrentQueue<EventDelivery> Redactions { get; } = new();

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
        {
            Deliveries.Enqueue(delivery);
            return Task.CompletedTask;
        }

        public Task OnRedactedAsync(EventDelivery delivery, CancellationToken cancellationToken)
        {
            Redactions.Enqueue(delivery);
            return Task.CompletedTask;
        }
    }
}

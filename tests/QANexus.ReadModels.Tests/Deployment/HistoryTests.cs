using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Domain.Releases;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Deployment;

public sealed class HistoryTests
{
    [Fact]
    public async Task J112_A_reaction_that_asks_for_history_gets_its_tenants_and_no_others()
    {
        var found = new ConcurrentBag<string>();
        await using var fixture = await ReadModelFixture.StartAsync(services => services
            .AddSingleton<IEventSubscriber>(provider => new Historian(provider.GetRequiredService<IEventStore>(), found)));
        await fixture.DoAsync("r1", Some.Approved());
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, TimeProvider.System.GetUtcNow()));
        await fixture.Get<IEventStore>().ForTenant(TenantId.Parse("other")).AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse("Requirement:theirs"),
                Events = [new NewEvent { Type = EventType.Parse("RequirementApproved"), Data = JsonObjectText.Parse("{}") }],
            },
            CancellationToken.None);

        await fixture.DeliverAsync();

        // What another handler appended to the release meanwhile may be in it or not.
        Assert.Equal(
            ["Release:v1:1", "Release:v1:2", "Release:v1:3", "Requirement:r1:3"],
            found.Where(static id => id[^1] is >= '1' and <= '3').Order(StringComparer.Ordinal));
    }

    private sealed class Historian(IEventStore store, ConcurrentBag<string> found) : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("historian");

        public IReadOnlyCollection<EventType>? EventTypes { get; } = [EventType.Parse(nameof(ReleaseReadinessAchieved))];

        public async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
        {
            var history = store.ForTenant(delivery.Tenant);
            foreach (var query in (EventQuery[])
                [new() { Type = EventType.Parse("RequirementApproved") }, new() { AggregateType = AggregateType.Parse(ReleaseAggregate.TypeName) }])
            {
                foreach (var e in (await history.QueryAsync(query, cancellationToken)).Events)
                {
                    found.Add(e.Id.Value);
                }
            }
        }
    }
}

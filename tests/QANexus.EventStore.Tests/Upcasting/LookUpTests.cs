using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

public sealed class LookUpTests
{
    [Fact]
    public async Task A_look_up_asks_its_service_by_tenant_time_and_data_and_the_transform_gets_the_answer()
    {
        await using var services = new ServiceCollection().AddSingleton<Roles>().AddEventTypes(AskForRole).BuildServiceProvider();

        var upcast = await services.GetRequiredService<EventCatalog>().UpcastOneAsync(Event(Approved, 1, """{"by":"ann"}"""));

        Assert.Equal("""{"by":"ann","role":"ann of t1 on 2026-11-22"}""", upcast.Data.ToString());
    }

    [Fact]
    public async Task A_service_may_itself_need_the_upcaster_as_it_is_resolved_only_when_it_is_asked()
    {
        await using var services = new ServiceCollection()
            .AddSingleton(static provider => new Roles(provider.GetRequiredService<EventUpcaster>()))
            .AddEventTypes(AskForRole)
            .BuildServiceProvider();

        Assert.Equal(2, (await services.GetRequiredService<EventCatalog>().UpcastOneAsync(Event(Approved, 1, """{"by":"ann"}"""))).SchemaVersion);
    }

    [Fact]
    public async Task A_scoped_service_lives_as_long_as_one_look_up()
    {
        await using var services = new ServiceCollection().AddScoped<Scoped>().AddEventTypes(static types => types.Add(Approved)
            .From(1).LookUp(static (Scoped service, LookUpInput _, CancellationToken _) => ValueTask.FromResult(service)).To(2, static (data, _, service) => data["disposed"] = service.IsDisposed))
            .BuildServiceProvider(validateScopes: true);
        var catalog = services.GetRequiredService<EventCatalog>();

        Assert.Equal("""{"disposed":true}""", (await catalog.UpcastOneAsync(Event(Approved, 1))).Data.ToString());
        Assert.Equal("""{"disposed":true}""", (await catalog.UpcastOneAsync(Event(Approved, 1))).Data.ToString());
    }

    [Fact]
    public async Task What_a_look_up_does_to_the_data_it_asks_by_is_lost()
    {
        var catalog = Catalog(static types => types.Add(Approved).From(1).LookUp(static (input, _) =>
        {
            input.Data["spoilt"] = true;
            return ValueTask.FromResult(1);
        }).To(2, static (data, _, found) => data["found"] = found));

        Assert.Equal("""{"found":1}""", (await catalog.UpcastOneAsync(Event(Approved, 1))).Data.ToString());
    }

    [Fact]
    public async Task Renames_splits_and_drops_can_look_up_too()
    {
        var catalog = Catalog(static types =>
        {
            types.Add(Approved);
            types.Add(Published).From(1).LookUp(Answer).DropIf(static (data, _, found) => data["n"]!.GetValue<int>() == found, elseTo: 2);
            types.Add(Legacy).From(1).LookUp(Answer).RenameTo(Approved, 1, static (data, _, found) => data["found"] = found);
            types.Add(Other).From(1).LookUp(Answer).SplitInto(static parts => parts
                .Into(Legacy, 1, static (_, _, found) => new JsonObject { ["n"] = found })
                .IntoMany(Published, 1, static (_, _, found) => Enumerable.Range(0, found).Select(static n => new JsonObject { ["n"] = n + 1 })));
        });

        Assert.Equal(
            [
                """Requirement:r1:5.1 RequirementApproved v1 {"n":2,"found":2}""",
                """Requirement:r1:5.2 RequirementPublished v2 {"n":1}""",
            ],
            (await catalog.UpcastAsync(Event(Other, 1))).Select(static e => e.Line()));
    }

    [Fact]
    public async Task A_look_up_that_fails_is_an_error_of_its_step()
    {
        var catalog = Catalog(static types => types.Add(Approved)
            .From(1).LookUp<int>(static (_, _) => throw new TimeoutException()).To(2, static (_, _, _) => { }));

        var failure = await Assert.ThrowsAsync<UpcastingFailedException>(() => catalog.UpcastAsync(Event(Approved, 1)));

        Assert.Equal("RequirementApproved v1 to v2", failure.Step);
        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Fact]
    public async Task A_store_that_is_busy_or_away_is_no_failure_of_the_step()
    {
        foreach (var transient in (EventStoreException[])[new StoreThrottledException(TimeSpan.FromSeconds(1)), new StoreUnavailableException("away", TimeSpan.FromSeconds(1))])
        {
            var catalog = Catalog(types => types.Add(Approved).From(1).LookUp<int>((_, _) => throw transient).To(2, static (_, _, _) => { }));

            Assert.Same(transient, await Record.ExceptionAsync(() => catalog.UpcastAsync(Event(Approved, 1))));
        }
    }

    [Fact]
    public async Task A_cancelled_look_up_is_a_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var catalog = Catalog(types => types.Add(Approved).From(1).LookUp(async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return 1;
        }).To(2, static (_, _, _) => { }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await new EventUpcaster(catalog).UpcastAsync(Tenant, Event(Approved, 1), cancellation.Token));
    }

    private static ValueTask<int> Answer(LookUpInput input, CancellationToken cancellationToken) => ValueTask.FromResult(2);

    private static void AskForRole(EventCatalogBuilder types) => types.Add(Approved)
        .From(1).LookUp(static (Roles roles, LookUpInput input, CancellationToken _) => roles.RoleAtAsync(input)).To(2, static (data, _, role) => data["role"] = role);

    private sealed class Roles(EventUpcaster? upcaster = null)
    {
        public EventUpcaster? Upcaster => upcaster;

        public ValueTask<string> RoleAtAsync(LookUpInput input) =>
            ValueTask.FromResult($"{input.Data["by"]} of {input.Tenant} on {input.Event.OccurredAt:yyyy-MM-dd}");
    }

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}

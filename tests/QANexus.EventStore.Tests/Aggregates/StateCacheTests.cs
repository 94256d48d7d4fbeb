using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Tests.Aggregates;

public sealed class StateCacheTests
{
    private static readonly TenantId Tenant = TenantId.Parse("t1");

    [Fact]
    public void The_states_used_last_are_remembered_and_no_more_than_asked_for()
    {
        var cache = new StateCache<Requirement>(2, TimeSpan.FromMinutes(1), new Clock());
        cache.Put(Tenant, State("a", 1));
        cache.Put(Tenant, State("b", 1));
        Assert.NotNull(Find(cache, "a"));
        cache.Put(Tenant, State("c", 1));

        Assert.NotNull(Find(cache, "a"));
        Assert.Null(Find(cache, "b"));
        Assert.NotNull(Find(cache, "c"));
        Assert.Null(cache.Find(TenantId.Parse("t2"), Stream("a")));
        Assert.Null(cache.Find(Tenant.InGeneration(1), Stream("a")));
    }

    [Fact]
    public void A_later_state_is_never_forgotten_for_an_earlier_one()
    {
        var cache = new StateCache<Requirement>(2, TimeSpan.FromMinutes(1), new Clock());
        cache.Put(Tenant, State("a", 2));
        cache.Put(Tenant, State("a", 1));
        Assert.Equal(2, Find(cache, "a")!.Position.Commit);
    }

    [Fact]
    public void A_state_is_forgotten_when_it_is_too_old_and_gives_way_then_to_an_earlier_one()
    {
        var clock = new Clock();
        var cache = new StateCache<Requirement>(2, TimeSpan.FromMinutes(1), clock);
        cache.Put(Tenant, State("a", 2));
        clock.Now = TimeSpan.FromSeconds(59);
        Assert.NotNull(Find(cache, "a"));
        clock.Now = TimeSpan.FromSeconds(60);
        Assert.Null(Find(cache, "a"));
        cache.Put(Tenant, State("a", 1) with { FoldedAt = clock.GetTimestamp() });
        Assert.Equal(1, Find(cache, "a")!.Position.Commit);
    }

    [Fact]
    public void A_cache_of_no_size_remembers_nothing()
    {
        var cache = new StateCache<Requirement>(0, TimeSpan.FromMinutes(1), new Clock());
        cache.Put(Tenant, State("a", 1));
        Assert.Null(Find(cache, "a"));
    }

    private static StreamId Stream(string id) => StreamId.Parse("Requirement:" + id);

    private static Aggregate<Requirement>? Find(StateCache<Requirement> cache, string id) => cache.Find(Tenant, Stream(id));

    private static Aggregate<Requirement> State(string id, long commit) => new(Stream(id), Requirement.Unknown, new StreamPosition(commit, commit), 0);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}

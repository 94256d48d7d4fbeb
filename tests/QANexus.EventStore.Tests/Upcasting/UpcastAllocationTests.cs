using QANexus.EventStore.Reading;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

public sealed class UpcastAllocationTests
{
    /// <summary>The list of one event that a single call hands back.</summary>
    private const int ListOfOneBytes = 32;

    private static readonly EventUpcaster Upcaster = new(Catalog(static types =>
    {
        types.Add(Approved).From(1).To(2, static data => data["a"] = 1);
        types.Add(Legacy).From(1).RenameTo(Approved, 1);
    }));

    [Fact]
    public void A_page_of_events_at_their_latest_version_passes_without_an_allocation()
    {
        RecordedEvent[] page = [.. Enumerable.Range(0, 1_000).Select(static n => Event(n % 2 == 0 ? Approved : Other, 2, """{"title":"Login","points":3.50}"""))];

        Assert.Equal(0, Allocated(() => IsDone(Upcaster.UpcastAsync(Tenant, page, CancellationToken.None))));
    }

    [Fact]
    public void A_single_event_at_its_latest_version_costs_the_list_it_comes_in()
    {
        var stored = Event(Approved, 2, $$"""{"text":"{{new string('x', 100_000)}}"}""");

        Assert.InRange(Allocated(() => IsDone(Upcaster.UpcastAsync(Tenant, stored, CancellationToken.None))), 0, ListOfOneBytes);
    }

    [Fact]
    public void Asking_whether_an_event_needs_upcasting_costs_nothing()
    {
        var stored = Event(Approved, 1);

        Assert.Equal(0, Allocated(() => !Upcaster.Catalog.IsLatest(stored)));
    }

    private static bool IsDone(ValueTask<IReadOnlyList<RecordedEvent>> upcast) => upcast.IsCompletedSuccessfully;

    /// <summary>Bytes that one call allocates on this thread, once everything is compiled.</summary>
    private static long Allocated(Func<bool> call)
    {
        const int Warm = 100;
        for (var i = 0; i < Warm; i++)
        {
            Assert.True(call());
        }

        var least = long.MaxValue;
        for (var i = 0; i < Warm; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

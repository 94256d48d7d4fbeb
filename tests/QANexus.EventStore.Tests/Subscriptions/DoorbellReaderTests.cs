using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Tests.Subscriptions;

public sealed class DoorbellReaderTests
{
    private readonly List<string> reports = [];

    [Fact]
    public void A_document_is_read_for_nothing_but_what_it_is_about()
    {
        var doorbell = Assert.Single(Read(
            """[{"events":[{"data":{"at":"08:00"}}],"eventTypes":["A","B"],"streamId":"Thing:1","tenantId":"acme~2","id":"0000000012","revision":3}]"""));

        Assert.Equal((12, 3), (doorbell.Commit, doorbell.Revision));
        Assert.Equal(TenantId.Parse("acme").InGeneration(2), doorbell.Stream.Tenant);
        Assert.Equal(["A", "B"], doorbell.EventTypes.Select(static type => type.Value));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"0000000001","tenantId":"acme"}""")]
    [InlineData("""{"id":"x","tenantId":"acme","streamId":"Thing:1"}""")]
    [InlineData("""{"id":"0000000000","tenantId":"acme","streamId":"Thing:1"}""")]
    [InlineData("""{"id":{"a":[1]},"tenantId":["acme"],"streamId":"Thing:1"}""")]
    [InlineData("""{"id":"0000000001","tenantId":"ACME","streamId":"Thing:1"}""")]
    public void What_is_no_commit_is_reported_and_its_neighbours_are_read(string document)
    {
        var doorbells = Read($$"""[{{document}},{"id":"0000000001","tenantId":"acme","streamId":"Thing:1","eventTypes":["A"]}]""");

        Assert.Single(doorbells);
        Assert.Single(reports);
    }

    [Theory]
    [InlineData("""{"id":"0000000001","tenantId":"acme","streamId":"Thing:1"}""")]
    [InlineData("""{"id":"0000000001","tenantId":"acme","streamId":"Thing:1","eventTypes":["A",7]}""")]
    [InlineData("""{"id":"0000000001","tenantId":"acme","streamId":"Thing:1","eventTypes":"A"}""")]
    public void Types_that_cannot_be_read_may_be_of_interest_to_everybody(string document)
    {
        var doorbell = Assert.Single(Read($"[{document}]"));

        Assert.Empty(doorbell.EventTypes);
        Assert.True(EventInterest.In([EventType.Parse("Other")], EventStore.Upcasting.EventCatalog.Empty).TakesAny(doorbell.EventTypes));
    }

    [Fact]
    public void A_batch_that_breaks_off_gives_what_came_before() =>
        Assert.Single(Read("""[{"id":"0000000001","tenantId":"acme","streamId":"Thing:1","eventTypes":[]},{"id":"0000000"""));

    [Fact]
    public void Nesting_deeper_than_the_store_admits_is_no_obstacle()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));

        Assert.Single(Read($$"""[{"x":{{deep}},"id":"0000000001","tenantId":"acme","streamId":"Thing:1","eventTypes":[]}]"""));
    }

    private IReadOnlyList<Doorbell> Read(string documents) => DoorbellReader.Read(documents, reports.Add);
}

using System.Net;
using QANexus.EndToEnd.Tests.Hosting;

namespace QANexus.EndToEnd.Tests.Domain;

/// <summary>What there is one of in a tenant.</summary>
[Collection(SystemCollection.Name)]
public sealed class ReservationJourney(SystemUnderTest system)
{
    private const string Starting = ",\"items\":[{\"title\":\"Work\",\"storyPoints\":3}],\"start\":true";

    [Fact]
    public async Task A_second_sprint_starts_when_the_first_has_ended()
    {
        using var client = system.NewTenant();
        var first = await client.DoAsync("sprints", DomainClient.SprintBody("s1", Starting));

        var second = await client.PostAsync("sprints", DomainClient.SprintBody("s2", Starting));
        await client.DoAsync("sprints/s1/complete");
        var then = await client.DoAsync("sprints", DomainClient.SprintBody("s2", Starting));
        await client.DoAsync("sprints/s2/cancel", """{"reason":"enough"}""");
        var last = await client.DoAsync("sprints", DomainClient.SprintBody("s3", Starting));

        Assert.Equal(["SprintCreated", "ItemAddedToSprint", "SprintStarted"], first.Raised());
        Assert.Equal((HttpStatusCode.Conflict, "sprint.active.exists"), (second.Status, second.Rule()));
        Assert.All([then, last], static answer => Assert.Equal("ACTIVE", answer.State("status")));
    }

    [Fact]
    public async Task Of_sprints_that_start_at_once_exactly_one_becomes_active()
    {
        using var client = system.NewTenant();
        var ids = Enumerable.Range(1, 6).Select(static n => $"s{n}").ToList();
        foreach (var id in ids)
        {
            await client.DoAsync("sprints", DomainClient.SprintBody(id, ",\"items\":[{\"title\":\"Work\",\"storyPoints\":3}]"));
        }

        var answers = await Task.WhenAll(ids.Select(id => client.PostAsync($"sprints/{id}/start")));

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(static answer => answer.Status != HttpStatusCode.OK), static answer => Assert.Equal("sprint.active.exists", answer.Rule()));
        var states = await Task.WhenAll(ids.Select(id => client.GetAsync($"sprints/{id}")));
        Assert.Single(states, static state => state.Json["status"]!.GetValue<string>() == "ACTIVE");
    }

    [Fact]
    public async Task A_start_that_is_refused_leaves_the_place_to_others()
    {
        using var client = system.NewTenant();
        await client.DoAsync("sprints", DomainClient.SprintBody("empty"));

        var refused = await client.PostAsync("sprints/empty/start");
        var started = await client.DoAsync("sprints", DomainClient.SprintBody("s1", Starting));

        Assert.Equal("sprint.empty", refused.Rule());
        Assert.Equal("ACTIVE", started.State("status"));
    }

    [Fact]
    public async Task A_version_belongs_to_one_release()
    {
        using var client = system.NewTenant();
        const string Body = """{"version":"1.0.0+b1","environment":"production"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.PostAsync("releases", Body)));
        var other = await client.PostAsync("releases", """{"version":"1.0.0+b2","environment":"production"}""");

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(static answer => answer.Status != HttpStatusCode.Created), static answer => Assert.Equal("release.version.exists", answer.Rule()));
        Assert.Equal(HttpStatusCode.Created, other.Status);
    }
}

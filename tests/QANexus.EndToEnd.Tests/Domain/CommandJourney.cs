using System.Net;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EndToEnd.Tests.Domain;

/// <summary>What holds for every command, whatever the aggregate.</summary>
[Collection(SystemCollection.Name)]
public sealed class CommandJourney(SystemUnderTest system)
{
    private const string Dated = "\"name\":\"x\",\"startDate\":\"2026-11-23T00:00:00Z\",\"endDate\":\"2026-12-07T00:00:00Z\"";
    private const string Requirement = """{"title":"Sign in","content":"c"}""";

    [Fact]
    public async Task A_creation_is_retried_with_its_key_and_finds_what_the_first_request_made()
    {
        using var client = system.NewTenant();

        var first = await client.PostAsync("requirements", Requirement, static headers => headers.Add("Idempotency-Key", "k1"));
        var again = await client.PostAsync("requirements", Requirement, static headers => headers.Add("Idempotency-Key", "k1"));
        var other = await client.PostAsync("requirements", """{"title":"Other","content":"c"}""", static headers => headers.Add("Idempotency-Key", "k1"));
        var without = await client.PostAsync("requirements", Requirement);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.True(again.IsReplay);
        Assert.Equal((first.Json["id"]!.GetValue<string>(), first.ETag), (again.Json["id"]!.GetValue<string>(), again.ETag));
        Assert.Equal(first.Json["events"]!.ToJsonString(), again.Json["events"]!.ToJsonString());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.NotEqual(first.Json["id"]!.GetValue<string>(), without.Json["id"]!.GetValue<string>());
        Assert.EndsWith($"/requirements/{first.Json["id"]}", first.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_whatever_has_become_of_the_aggregate()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        await client.AnalyzeAsync("r1", 80);
        var approved = await client.SendAsync(HttpMethod.Post, "requirements/r1/approve", null, static headers => headers.Add("Idempotency-Key", "go"));
        await client.DoAsync("requirements/r1/needs-revision", """{"reason":"unclear"}""");

        var again = await client.SendAsync(HttpMethod.Post, "requirements/r1/approve", null, static headers => headers.Add("Idempotency-Key", "go"));

        Assert.Equal((HttpStatusCode.OK, true, approved.ETag), (again.Status, again.IsReplay, again.ETag));
        Assert.Equal("NEEDS_REVISION", (await client.GetAsync("requirements/r1")).Json["status"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task A_lost_response_is_one_command()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        using var fault = system.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Container = "events", Times = 1 });

        var published = await client.PostAsync("requirements/r1/publish");

        Assert.Equal((HttpStatusCode.OK, "PUBLISHED"), (published.Status, published.State("status")));
        Assert.Equal(2, (await client.ReadAsync("Requirement/r1")).Events.Count);
    }

    [SkippableTheory]
    [InlineData("requirements", Requirement, "Requirement", HttpStatusCode.OK)]
    [InlineData("releases", """{"version":"1.0.0","environment":"production"}""", "Release", HttpStatusCode.Created)]
    public async Task A_creation_without_a_key_whose_outcome_is_open_names_the_key_that_settles_it(
        string collection, string body, string type, HttpStatusCode settles)
    {
        using var client = system.NewTenant();
        Answer open;
        using (system.Account.Faults.Add(new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Container = "events", Times = 1 }))
        using (system.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Batch], Container = "events", Skip = 1 }))
        {
            open = await client.PostAsync(collection, body);
        }

        var key = open.Json["idempotencyKey"]!.GetValue<string>();
        var settled = await client.PostAsync(collection, body, headers => headers.Add("Idempotency-Key", key));
        var again = await client.PostAsync(collection, body, headers => headers.Add("Idempotency-Key", key));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), (open.Status, open.Code));
        Assert.Equal((settles, settles == HttpStatusCode.OK), (settled.Status, settled.IsReplay)); // What was lost is the creation, or its reservation.
        Assert.Equal((true, settled.ETag), (again.IsReplay, again.ETag));
        Assert.Equal(1, (await client.GetAsync($"event-count?aggregateType={type}")).Json["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_command_at_a_position_that_is_gone_conflicts_and_says_where_the_aggregate_is()
    {
        using var client = system.NewTenant();
        var created = await client.CreateRequirementAsync("r1");
        var published = await client.DoAsync("requirements/r1/publish");

        var stale = await client.SendAsync(HttpMethod.Post, "requirements/r1/ready", null, headers => headers.Add("If-Match", created.ETag));
        var current = await client.SendAsync(HttpMethod.Post, "requirements/r1/ready", null, headers => headers.Add("If-Match", published.ETag));

        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict", 2), (stale.Status, stale.Code, stale.Json["currentVersion"]!.GetValue<int>()));
        Assert.Equal(published.ETag, stale.Json["currentETag"]!.GetValue<string>());
        Assert.Equal((HttpStatusCode.OK, "READY"), (current.Status, current.State("status")));
    }

    [Fact]
    public async Task A_name_that_is_taken_and_a_position_of_what_does_not_exist_yet_are_refused()
    {
        using var client = system.NewTenant();
        await client.CreateRequirementAsync("r1");
        const string Body = """{"id":"r1","title":"Other","content":"c"}""";

        var taken = await client.PostAsync("requirements", Body);
        var asked = await client.PostAsync("requirements", Body, static headers => headers.Add("If-None-Match", "*"));
        var wrong = await client.PostAsync("requirements", Body, static headers => headers.Add("If-Match", "\"1\""));

        Assert.Equal((HttpStatusCode.Conflict, "requirement.exists"), (taken.Status, taken.Rule()));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version-conflict"), (asked.Status, asked.Code));
        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed"), (wrong.Status, wrong.Code));
        Assert.Single((await client.ReadAsync("Requirement/r1")).Events);
    }

    [Theory]
    [InlineData("sprints", $$"""{{{Dated}},"items":[null]}""", "/items/0")]
    [InlineData("sprints", $$"""{{{Dated}},"items":[{"title":"a"}]}""", "/items/0/storyPoints")]
    [InlineData("sprints", $$"""{{{Dated}},"items":[{"title":"a","storyPoints":1,"a']['":1}]}""", "/items/0/a']['")]
    [InlineData("sprints", $$"""{{{Dated}},"items":[{"title":"a","storyPoints":1.5}]}""", "/items/0/storyPoints")]
    [InlineData("sprints", $$"""{{{Dated}},"items":[{"title":"a","storyPoints":1,"done":true}]}""", "/items/0/done")]
    [InlineData("requirements", """{"title":"x"}""", "/content")]
    [InlineData("requirements", """{"title":"x","content":"c","status":"APPROVED"}""", "/status")]
    [InlineData("requirements", """{"title":"x","content":"c","priority":"HUGE"}""", "/priority")]
    [InlineData("requirements", """{"title":"x","content":"c","acceptanceCriteria":[{"id":1}]}""", "/acceptanceCriteria/0")]
    [InlineData("requirements", """{"title":"x","content":"c","acceptanceCriteria":[null]}""", "/acceptanceCriteria/0")]
    [InlineData("requirements", """{"title":1,"content":"c"}""", "/title")]
    [InlineData("requirements", """{"id":"a/b","title":"x","content":"c"}""", "/id")]
    [InlineData("sprints", """{"name":"x","startDate":"2026-11-23","endDate":"2026-12-07T00:00:00Z"}""", "/startDate")]
    [InlineData("test-runs", """{"expectedTestCount":"3"}""", "/expectedTestCount")]
    [InlineData("requirements", """{"title":"x","content":"c","acceptanceCriteria":["a",null]}""", "/acceptanceCriteria/1")]
    [InlineData("requirements", """{"title":"x","content":"c","acceptanceCriteria":[{"text":"a","done":true}]}""", "/acceptanceCriteria/0")]
    [InlineData("requirements", """{"title":"x","content":"c","acceptanceCriteria":null}""", "/acceptanceCriteria")]
    [InlineData("bugs", """{"title":"x","description":"d","tags":[null]}""", "/tags/0")]
    [InlineData("test-runs/t1/results", """{"results":[null]}""", "/results/0")]
    [InlineData("releases/v1/evaluate", """{"securityFindings":[null]}""", "/securityFindings/0")]
    [InlineData("releases/v1/evaluate", """{"securityFindings":[{}],"securityScorePercentage":100}""", "")]
    [InlineData("releases/v1/evaluate", """{"securityFindings":[]}""", "")]
    [InlineData("bugs", """[]""", "")]
    public async Task A_body_that_is_not_right_is_refused_at_its_place_and_nothing_is_written(string collection, string body, string pointer)
    {
        using var client = system.NewTenant();

        var answer = await client.PostAsync(collection, body);

        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed"), (answer.Status, answer.Code));
        Assert.Equal(pointer, Assert.Single(answer.Json["errors"]!.AsObject()).Key);
        Assert.Equal(0, (await client.GetAsync("event-count")).Json["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_blank_title_is_a_400_that_names_the_rule_and_a_shut_gate_a_409()
    {
        using var client = system.NewTenant();
        await client.DoAsync("releases", """{"id":"v1","version":"1.0.0","environment":"production"}""");

        var blank = await client.PostAsync("bugs", """{"title":"  ","description":"d"}""");
        var unscored = await client.PostAsync("releases/v1/activate");
        var negative = await client.PostAsync("releases/v1/evaluate", """{"securityFindings":[{"critical":1,"high":-2}]}""");

        var fine = await client.PostAsync("releases/v1/evaluate", """{"securityScorePercentage":69.99999}""");

        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed", "bug.title.required"), (blank.Status, blank.Code, blank.Rule()));
        Assert.Equal((HttpStatusCode.Conflict, "invariant-violated", "release.not_evaluated"), (unscored.Status, unscored.Code, unscored.Rule()));
        Assert.Equal((HttpStatusCode.BadRequest, "validation-failed", "rcs.securityOps.range"), (negative.Status, negative.Code, negative.Rule()));
        Assert.Equal((HttpStatusCode.BadRequest, "rcs.securityOps.range"), (fine.Status, fine.Rule()));
    }

    [Fact]
    public async Task An_item_that_does_not_fit_into_a_sprint_is_refused_alone_and_with_the_whole_plan()
    {
        using var client = system.NewTenant();
        await client.DoAsync("sprints", DomainClient.SprintBody("s1", ",\"capacity\":8,\"items\":[{\"id\":\"a\",\"title\":\"A\",\"storyPoints\":5}]"));

        var item = await client.PostAsync("sprints/s1/items", """{"id":"b","title":"B","storyPoints":4}""");
        var plan = await client.PostAsync("sprints", DomainClient.SprintBody("s2", ",\"capacity\":8,\"items\":[{\"title\":\"A\",\"storyPoints\":9}],\"start\":true"));
        var fits = await client.PostAsync("sprints/s1/items", """{"id":"b","title":"B","storyPoints":3}""");

        Assert.Equal((HttpStatusCode.Conflict, "sprint.capacity.exceeded"), (item.Status, item.Rule()));
        Assert.Equal((HttpStatusCode.Conflict, "sprint.capacity.exceeded"), (plan.Status, plan.Rule()));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("sprints/s2")).Status);
        Assert.Equal((HttpStatusCode.Created, "8"), (fits.Status, fits.State("totalStoryPoints")));
    }

    [Fact]
    public async Task A_state_is_read_at_a_position_and_not_sent_again_to_whoever_has_it()
    {
        using var client = system.NewTenant();
        var created = await client.CreateRequirementAsync("r1");

        var same = await client.GetAsync("requirements/r1", headers => headers.Add("If-None-Match", created.ETag));
        var reached = await client.GetAsync($"requirements/r1?atLeast={Uri.EscapeDataString(created.ETag)}");
        var missing = await client.GetAsync("requirements/r2");

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.Status, reached.Status));
        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (missing.Status, missing.Code));
    }
}

using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Maintenance;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Cosmos.Tests.Upcasting.Evolution;

namespace QANexus.EventStore.Cosmos.Tests.Upcasting;

public sealed class UpcastCheckTests
{
    [Fact]
    public async Task Every_event_of_every_tenant_is_tried_and_told_by_type_and_version()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "t1", "Requirement:r1", Event("RequirementApproved", 1), Event("RequirementApproved", 3), Event("Noise"), Event("Broken"));
        await AppendAsync(fixture, "t2", "Requirement:r2", Event("RequirementApproved", 1), Event("RequirementApproved", 4), Event("Unheard", 7));

        var report = await CheckAsync(fixture, tenant: null);

        Assert.Equal(
            [
                "Broken v1 0 0 0 1", "Noise v1 0 0 1 0", "RequirementApproved v1 0 2 0 0", "RequirementApproved v3 1 0 0 0", "RequirementApproved v4 0 0 0 1", "Unheard v7 1 0 0 0",
            ],
            report.Lines.Select(static line => $"{line.Stored} {line.Unchanged} {line.Changed} {line.Dropped} {line.Failed}"));
        Assert.Equal(2, report.Failed);
        var broken = Assert.Single(report.Lines[0].Examples);
        Assert.Equal(("t1", "Requirement:r1:4"), (broken.Tenant.Value, broken.Event.Value));
        Assert.Contains("Broken v1 to v2", broken.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", broken.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_tenant_is_tried_alone()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "t1", "Requirement:r1", Event("Broken"));
        await AppendAsync(fixture, "t2", "Requirement:r1", Event("Unheard"));

        Assert.Equal("Unheard v1", Assert.Single((await CheckAsync(fixture, TenantId.Parse("t2"))).Lines).Stored.ToString());
    }

    [Fact]
    public async Task A_tenant_is_tried_in_whatever_generation_it_is()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var cleared = TenantId.Parse("t1").InGeneration(12);
        await fixture.Process.Store.ForTenant(cleared).AppendAsync(Some.Append(ExpectedPosition.NoStream, Event("Broken")), CancellationToken.None);
        await AppendAsync(fixture, "t12", "Requirement:r1", Event("Unheard"));

        var example = Assert.Single(Assert.Single((await CheckAsync(fixture, TenantId.Parse("t1"))).Lines).Examples);
        Assert.Equal(cleared, example.Tenant);
    }

    [Fact]
    public async Task A_step_that_is_not_pure_is_found()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await AppendAsync(fixture, "t1", "Requirement:r1", Event("RequirementApproved", 1));
        var count = 0;

        var report = await CheckAsync(fixture, tenant: null, services => services.AddEventTypes(types => types.Add(Approved).From(1).To(2, data => data["n"] = ++count)));

        Assert.Contains("not pure", Assert.Single(Assert.Single(report.Lines).Examples).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examples_are_few_however_many_events_there_are_and_events_over_many_pages_are_all_counted()
    {
        await using var fixture = await StoreFixture.StartAsync();
        foreach (var n in Enumerable.Range(0, 205))
        {
            await AppendAsync(fixture, "t1", $"Requirement:r{n % 40}", Event("Noise"), Event("ReqApproved"));
        }

        var report = await CheckAsync(fixture, tenant: null);

        Assert.Equal([205, 205], report.Lines.Select(static line => line.Changed + line.Dropped));
        Assert.All(report.Lines, static line => Assert.Equal(UpcastCheck.MaxExamples, line.Examples.Count));
    }

    private static Task AppendAsync(StoreFixture fixture, string tenant, string stream, params IReadOnlyList<NewEvent> events) =>
        fixture.Process.For(tenant).AppendAsync(new AppendRequest { Stream = StreamId.Parse(stream), Events = events }, CancellationToken.None);

    private static Task<UpcastCheckReport> CheckAsync(StoreFixture fixture, TenantId? tenant, Action<IServiceCollection>? configure = null) => fixture
        .StartProcess(configure: services =>
        {
            (configure ?? LaterBuild)(services);
            services.AddCosmosUpcastCheck();
        })
        .Services.GetRequiredService<UpcastCheck>().RunAsync(tenant, CancellationToken.None);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Upcasting;
using static QANexus.EventStore.Tests.Upcasting.Stored;

namespace QANexus.EventStore.Tests.Upcasting;

public sealed class EventTypesRegistrationTests
{
    [Fact]
    public async Task Every_part_of_an_application_adds_its_types_and_old_events_arrive_in_the_newest_form()
    {
        await using var services = new ServiceCollection()
            .AddEventTypes(static types => types.Add(Legacy).From(1).RenameTo(Approved, 1))
            .AddEventTypes(static types => types.Add(Approved).From(1).To(2, static data => data["approverRole"] = "REVIEWER"))
            .BuildServiceProvider();

        var upcast = await services.GetRequiredService<EventUpcaster>().UpcastAsync(Tenant, Event(Legacy, 1), CancellationToken.None);

        Assert.Equal("""Requirement:r1:5 RequirementApproved v2 {"approverRole":"REVIEWER"}""", Assert.Single(upcast).Line());
    }

    [Fact]
    public void The_same_description_counts_once_however_often_it_is_added()
    {
        using var services = new ServiceCollection().AddEventTypes(Describe).AddEventTypes(Describe).BuildServiceProvider();

        Assert.Equal(2, services.GetRequiredService<EventCatalog>().LatestVersion(Approved));
    }

    [Fact]
    public void A_mistake_ends_the_start_of_the_host()
    {
        using var services = new ServiceCollection().AddEventTypes(static types => types.Add(Approved).AtVersion(2)).BuildServiceProvider();

        var failure = Assert.Throws<InvalidEventCatalogException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("RequirementApproved v1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_is_none_ends_the_start_of_the_host_with_the_name_of_the_type()
    {
        using var services = new ServiceCollection()
            .AddSingleton<IEventSchemaCompiler, NoSchemas>()
            .AddEventTypes(static types => types.Add(Approved).WithSchema("nonsense"))
            .BuildServiceProvider();

        var failure = Assert.Throws<InvalidEventCatalogException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal("The schema of RequirementApproved cannot be used: It is nonsense.", Assert.Single(failure.Problems));
    }

    [Fact]
    public void A_schema_that_nobody_can_check_ends_the_start_of_the_host()
    {
        using var services = new ServiceCollection().AddEventTypes(static types => types.Add(Approved).WithSchema("{}")).BuildServiceProvider();

        Assert.Throws<InvalidEventCatalogException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public void Types_that_are_not_known_are_accepted_unless_the_host_says_otherwise()
    {
        using var services = new ServiceCollection().AddEventTypes(Describe).BuildServiceProvider();

        Assert.Equal(UnknownEventTypes.Accepted, services.GetRequiredService<IOptions<EventCatalogOptions>>().Value.UnknownTypes);
    }

    [Fact]
    public void A_setting_that_means_nothing_ends_the_start_of_the_host()
    {
        using var services = new ServiceCollection()
            .AddEventTypes(Describe)
            .Configure<EventCatalogOptions>(static options => options.UnknownTypes = (UnknownEventTypes)7)
            .BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("UnknownTypes", failure.Message, StringComparison.Ordinal);
    }

    private static void Describe(EventCatalogBuilder types) => types.Add(Approved).From(1).To(2, static _ => { });

    private sealed class NoSchemas : IEventSchemaCompiler
    {
        public IEventSchema Compile(string schema) => throw new FormatException($"It is {schema}.");
    }
}

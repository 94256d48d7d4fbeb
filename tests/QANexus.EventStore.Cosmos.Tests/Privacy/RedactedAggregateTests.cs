using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>States folded from data that were redacted: remembered, in a snapshot, or on their way into one.</summary>
public sealed partial class RedactedAggregateTests
{
    private static readonly TenantId Tenant = TenantId.Parse("t1");
    private static readonly AggregateId Ada = AggregateId.Parse("p1");
    private static readonly StreamId Stream = StreamId.Parse("Person:p1");

    [Fact]
    public async Task No_state_of_the_process_or_of_any_other_shows_the_data_after_the_redaction()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = Start(fixture);
        await AppendAsync(process);
        Assert.Equal(SnapshotOutcome.Taken, await Taker(process).TakeAsync(Tenant, Stream, CancellationToken.None));
        Assert.Equal(("Ada", 2), await LoadAsync(process));
        Assert.Contains("Ada", await SnapshotAsync(fixture), StringComparison.Ordinal);

        await RedactAsync(process);

        Assert.Equal((string.Empty, 2), await LoadAsync(process));
        Assert.Equal((string.Empty, 2), await LoadAsync(Start(fixture)));
        Assert.DoesNotContain("Ada", await SnapshotAsync(fixture), StringComparison.Ordinal);

        // What is taken from now on is taken from what is left, and stays under the same rule.
        Assert.Equal(SnapshotOutcome.Taken, await Taker(Start(fixture)).TakeAsync(Tenant, Stream, CancellationToken.None));
        Assert.Equal((string.Empty, 2), await LoadAsync(Start(fixture)));
        var snapshot = await SnapshotAsync(fixture);
        Assert.Contains("\"revisions\":{\"0000000001\":1}", snapshot, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", snapshot, StringComparison.Ordinal);
    }

    /// <summary>A process replayed the stream before the redaction and writes its snapshot after it.</summary>
    [Fact]
    public async Task A_snapshot_taken_of_a_replay_from_before_the_redaction_is_not_kept()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var (writer, redactor) = (Start(fixture), Start(fixture));
        await AppendAsync(writer);
        var snapshots = writer.Services.GetRequiredService<ISnapshotStore>().ForTenant(Tenant);
        var replay = await snapshots.LoadAsync(Stream, "schema", CancellationToken.None);

        await RedactAsync(redactor);

        var late = await snapshots.WriteAsync(replay, "schema", """{"name":"Ada"}""", CancellationToken.None);
        Assert.Equal(SnapshotOutcome.Superseded, late.Outcome);
        Assert.DoesNotContain("Ada", await SnapshotAsync(fixture), StringComparison.Ordinal);
    }

    private static StoreProcess Start(StoreFixture fixture) =>
        fixture.StartProcess(configure: static services => services.AddAggregate<PersonDefinition>());

    private static ISnapshotTaker Taker(StoreProcess process) => process.Services.GetRequiredService<ISnapshotTaker>();

    private static Task<AppendResult> AppendAsync(StoreProcess process) => process.For("t1").AppendAsync(
        new AppendRequest
        {
            Stream = Stream, Events = [Some.Event("Registered", "e1", """{"name":"Ada"}"""), Some.Event("Registered", "e2", """{"name":""}""")],
        },
        CancellationToken.None);

    private static async Task<(string Name, int Registrations)> LoadAsync(StoreProcess process)
    {
        var loaded = await process.Services.GetRequiredService<AggregateRepositories<Person>>().For(process.For("t1")).LoadAsync(Ada, CancellationToken.None);
        return (loaded.State.Name, loaded.State.Registrations);
    }

    private static async Task RedactAsync(StoreProcess process)
    {
        Assert.True(EventId.TryParse("e1", out var id));
        Assert.IsType<RedactionResult.Redacted>(await process.Redactor.RedactAsync(
            Tenant, id, new RedactionRequest(RedactionReason.Parse("art. 17"), "dpo"), CancellationToken.None));
    }

    private static async Task<string> SnapshotAsync(StoreFixture fixture)
    {
        using var response = await fixture.Process.Client.GetContainer("qanexus", ContainerNames.Snapshots)
            .ReadItemStreamAsync(SnapshotFields.StateId, new PartitionKeyBuilder().Add("t1").Add(Stream.ToString()).Build());
        using var reader = new StreamReader(response.EnsureSuccessStatusCode().Content);
        return await reader.ReadToEndAsync();
    }

    public sealed record Person(string Name, int Registrations);

    public sealed record Registered(string Name);

    public sealed class PersonDefinition : AggregateDefinition<Person>
    {
        public PersonDefinition()
            : base(AggregateType.Parse("Person"), new Person(string.Empty, 0), PersonJson.Default.Person) =>
            On(
                EventType.Parse("Registered"),
                PersonJson.Default.Registered,
                static (person, data, _) => new Person(person.Name + data.Name, person.Registrations + 1),
                static (person, _) => person with { Registrations = person.Registrations + 1 });
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Person))]
    [JsonSerializable(typeof(Registered))]
    internal sealed partial class PersonJson : JsonSerializerContext;
}

using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.Testing.Aggregates;

namespace QANexus.EventStore.Cosmos.Tests.Documentation;

/// <summary>The guide's aggregate, which it shows to the letter.</summary>
public sealed partial class AggregateGuideTests
{
    [Fact]
    public async Task The_samples_decide_append_and_travel_in_time()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var process = fixture.StartProcess(static services => services.AddAggregate<SprintDefinition>());
        var sprints = process.Services.GetRequiredService<AggregateRepositories<Sprint>>();
        var store = process.For("acme");
        var id = AggregateId.Parse("s1");

        Assert.Equal("There is no sprint s1.", await StartAsync(sprints, store, id, "key-1"));
        await sprints.For(store).ExecuteAsync(
            new AggregateCommand<Sprint>
            {
                Id = id, Decide = static _ => Decision.Raise(new ItemAdded("a", 3)), Expected = ExpectedPosition.NoStream,
            },
            CancellationToken.None);
        Assert.Equal("2.2", await StartAsync(sprints, store, id, "key-1"));
        Assert.Equal("2.2", await StartAsync(sprints, store, id, "key-1"));
        Assert.Equal("sprint.transition: Only a planned sprint can be started.", await StartAsync(sprints, store, id, "key-2"));
        Assert.Equal((SprintStatus.Planned, SprintStatus.Active), await StatusesAsync(sprints, store, id));
    }

    [Fact]
    public void The_sample_tests_pass()
    {
        // sample
        var sprint = Scenario.Of(new SprintDefinition());
        sprint.When(static state => state.Start()).ThenRejected("sprint.empty");

        var state = sprint
            .Given(new ItemAdded("Sign in", 3), new ItemAdded("Sign out", 1))
            .When(static state => state.Start())
            .Then(new SprintStarted(2, 4));
        Assert.Equal(SprintStatus.Active, state.Status);
        // end of sample
    }

    private static async Task<string> StartAsync(AggregateRepositories<Sprint> sprints, ITenantEventStore store, AggregateId id, string key)
    {
        var cancellationToken = CancellationToken.None;
        // sample
        var result = await sprints.For(store).ExecuteAsync(
            new AggregateCommand<Sprint>
            {
                Id = id,
                Decide = static state => state.Start(),
                CommitId = CommitId.Parse(key),
                Fingerprint = RequestFingerprint.Of($"POST sprints/{id}/start", []),
                Metadata = new AppendMetadata { Actor = "ada" },
            },
            cancellationToken);

        var answer = result switch
        {
            CommandResult<Sprint>.Appended appended => appended.Receipt.Position.ToString(),
            CommandResult<Sprint>.Unchanged unchanged => unchanged.Aggregate.Position.ToString(),
            CommandResult<Sprint>.Rejected rejected => $"{rejected.Rejection.Rule}: {rejected.Rejection.Message}",
            CommandResult<Sprint>.NotFound => $"There is no sprint {id}.",
            CommandResult<Sprint>.VersionConflict conflict => $"The sprint is at {conflict.Current}.",
            CommandResult<Sprint>.KeyReused => "The key was used for another request.",
            _ => throw new InvalidOperationException(),
        };
        // end of sample
        return answer;
    }

    private static async Task<(SprintStatus Then, SprintStatus Now)> StatusesAsync(
        AggregateRepositories<Sprint> sprints, ITenantEventStore store, AggregateId id)
    {
        var cancellationToken = CancellationToken.None;
        // sample
        var now = await sprints.For(store).LoadAsync(id, cancellationToken);
        var then = await sprints.For(store).ReadPastAsync(id, new StateReadOptions { Version = 1 }, cancellationToken);
        // end of sample
        return (then!.State.Status, now.State.Status);
    }

    // sample
    public enum SprintStatus
    {
        Planned,
        Active,
    }

    public sealed record ItemAdded(string Title, int Points);

    public sealed record SprintStarted(int Items, int Points);

    public sealed record Sprint(SprintStatus Status, int Items, int Points)
    {
        public Decision Start() => this switch
        {
            { Status: not SprintStatus.Planned } => Decision.Forbids("sprint.transition", "Only a planned sprint can be started."),
            { Items: 0 } => Decision.Violates("sprint.empty", "A sprint without items cannot be started."),
            _ => Decision.Raise(new SprintStarted(Items, Points)),
        };
    }

    public sealed class SprintDefinition : AggregateDefinition<Sprint>
    {
        public SprintDefinition()
            : base(AggregateType.Parse("Sprint"), new Sprint(SprintStatus.Planned, Items: 0, Points: 0), SprintJson.Default.Sprint)
        {
            On(
                EventType.Parse("ItemAddedToSprint"), SprintJson.Default.ItemAdded,
                static (state, added, _) => state with { Items = state.Items + 1, Points = state.Points + added.Points },
                static (state, _) => state with { Items = state.Items + 1 });
            On(
                EventType.Parse("SprintStarted"), SprintJson.Default.SprintStarted,
                static (state, _) => state with { Status = SprintStatus.Active });
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Sprint))]
    [JsonSerializable(typeof(ItemAdded))]
    [JsonSerializable(typeof(SprintStarted))]
    internal sealed partial class SprintJson : JsonSerializerContext;
    // end of sample
}

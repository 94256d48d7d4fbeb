using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Aggregates;

/// <summary>Commands to the sample aggregate, as short as tests want them.</summary>
internal static class Commands
{
    public static AggregateId Id { get; } = Some.Stream.AggregateId;

    public static AggregateCommand<Requirement> To(Func<Requirement, Decision> decide) => new() { Id = Id, Decide = decide };

    public static AggregateCommand<Requirement> Create(string title = "Sign in") =>
        To(_ => Requirement.Create(title)) with { Expected = ExpectedPosition.NoStream };

    public static AggregateCommand<Requirement> Analyze(int score) => To(state => state.Analyze(score));

    public static AggregateCommand<Requirement> Approve() => To(static state => state.Approve());

    public static AggregateCommand<Requirement> Note(params IReadOnlyList<string> texts) => To(state => state.Note(texts));

    /// <summary>The same under a key, asked for in these words.</summary>
    public static AggregateCommand<Requirement> Keyed(this AggregateCommand<Requirement> command, string key, string request) =>
        command with { CommitId = CommitId.Parse(key), Fingerprint = RequestFingerprint.Of(request, []) };

    public static Task<CommandResult<Requirement>> RunAsync(this AggregateRepository<Requirement> repository, AggregateCommand<Requirement> command) =>
        repository.ExecuteAsync(command, CancellationToken.None);

    public static async Task<CommandResult<Requirement>.Appended> DoAsync(
        this AggregateRepository<Requirement> repository, AggregateCommand<Requirement> command) =>
        Assert.IsType<CommandResult<Requirement>.Appended>(await repository.RunAsync(command));

    public static Task<Aggregate<Requirement>> LoadAsync(this AggregateRepository<Requirement> repository) =>
        repository.LoadAsync(Id, CancellationToken.None);
}

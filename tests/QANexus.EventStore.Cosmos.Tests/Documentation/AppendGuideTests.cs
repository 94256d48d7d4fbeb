using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Documentation;

/// <summary>The guide's append, which it shows to the letter.</summary>
public sealed class AppendGuideTests
{
    [Fact]
    public async Task The_sample_appends_once_however_often_it_runs()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var first = await AppendAsync(fixture.Process.Store, "command-1", CancellationToken.None);
        Assert.Equal(new StreamPosition(1, 1), first);
        Assert.Equal(first, await AppendAsync(fixture.Process.Store, "command-1", CancellationToken.None));
        Assert.Equal(first, await AppendAsync(fixture.Process.Store, "command-2", CancellationToken.None));
    }

    private static async Task<StreamPosition> AppendAsync(IEventStore store, string commandId, CancellationToken cancellationToken)
    {
        // sample
        var events = store.ForTenant(TenantId.Parse("acme"));
        var result = await events.AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse("Requirement:r1"),
                Expected = ExpectedPosition.NoStream,
                CommitId = CommitId.Parse(commandId),
                Events = [new NewEvent { Type = EventType.Parse("RequirementCreated"), Data = JsonObjectText.Parse("""{"title":"Sign in"}""") }],
            },
            cancellationToken);

        var position = result switch
        {
            AppendResult.Appended appended => appended.Receipt.Position,
            AppendResult.VersionConflict conflict => conflict.Current,
            AppendResult.KeyReused => throw new InvalidOperationException("The command id was used for another command."),
            _ => throw new InvalidOperationException(),
        };
        // end of sample
        return position;
    }
}

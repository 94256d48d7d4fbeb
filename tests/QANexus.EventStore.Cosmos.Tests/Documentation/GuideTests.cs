using System.Runtime.CompilerServices;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Documentation;

/// <summary>The guide's sample compiles and does what the guide says, because it stands here to the letter.</summary>
public sealed class GuideTests
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

    [Fact]
    public async Task The_guide_shows_the_sample_to_the_letter()
    {
        var source = Lines(await File.ReadAllTextAsync(Here()));
        var sample = source.SkipWhile(static line => line != "// sample").Skip(1).TakeWhile(static line => line != "// end of sample");
        var guide = Lines(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/guide.md")));
        Assert.Equal(sample, guide.SkipWhile(static line => line != "```csharp").Skip(1).TakeWhile(static line => line != "```"));
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

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Trim());

    private static string Here([CallerFilePath] string source = "") => source;
}

using System.Reflection;

namespace QANexus.EventStore.Cosmos.Tests.Structure;

/// <summary>
/// The store keeps no code path that changes or removes a commit document but redaction and clearing, each in a namespace of its own. Whatever else may
/// change documents is listed here with the containers that it reaches, and is handed no other: the lists are short so that a reviewer reads them.
/// </summary>
public sealed class CreateOnlyTests
{
    private const string Root = "QANexus.EventStore.Cosmos.";

    private static readonly string[] Changing = ["Replace", "Upsert", "Patch", "Delete"];

    /// <summary>Namespaces that change documents of the events container.</summary>
    private static readonly string[] MayChangeEvents = ["Privacy", "Clearing"];

    /// <summary>Namespaces that change documents of other containers only.</summary>
    private static readonly string[] MayChangeOthers = ["Documents", "Snapshots"];

    private static readonly IReadOnlyList<(string Namespace, string Type, string Method)> Changes =
    [
        .. CompiledCalls.Of(typeof(CosmosEventStoreOptions).Assembly)
            .Where(static call => call.Type is "Container" or "TransactionalBatch" && Changing.Any(verb => call.Method.StartsWith(verb, StringComparison.Ordinal))),
    ];

    [Fact]
    public void Only_redaction_clearing_and_what_never_sees_events_change_documents() =>
        Assert.Equal(
            MayChangeEvents.Concat(MayChangeOthers).Select(static name => Root + name).Order(StringComparer.Ordinal),
            Changes.Select(static call => call.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_is_ever_upserted_or_patched() =>
        Assert.DoesNotContain(Changes, static call => !call.Method.StartsWith("Replace", StringComparison.Ordinal) && !call.Method.StartsWith("Delete", StringComparison.Ordinal));

    [Fact]
    public void Redaction_replaces_and_never_deletes() =>
        Assert.Equal(["ReplaceItemStream"], Changes.Where(static call => call.Namespace == Root + "Privacy").Select(static call => call.Method));

    /// <summary>The constant is inlined where it is used, so that the source tells.</summary>
    [Fact]
    public void What_changes_documents_of_other_containers_never_asks_for_the_events_container()
    {
        var source = FindSource();
        var files = MayChangeOthers.SelectMany(name => Directory.GetFiles(Path.Combine(source, name), "*.cs", SearchOption.AllDirectories)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, static file => Assert.DoesNotContain("ContainerNames.Events", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void The_calls_are_really_found()
    {
        Assert.Contains(CompiledCalls.Of(typeof(CosmosEventStoreOptions).Assembly), static call => call is { Namespace: Root + "Requests", Method: "CreateItemStream" });
        Assert.Contains(CompiledCalls.Of(Assembly.GetExecutingAssembly()), static call => call is { Type: "Container", Method: "CreateItemStreamAsync" });
    }

    private static string FindSource()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "QANexus.Functions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the source tree.");
        }

        return Path.Combine(folder.FullName, "src", "QANexus.EventStore.Cosmos");
    }
}

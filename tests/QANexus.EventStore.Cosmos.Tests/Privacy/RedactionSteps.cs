using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Json;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>What tests of redactions do again and again.</summary>
internal static class RedactionSteps
{
    public const string Secret = """{"name":"Ada"}""";

    public static readonly TenantId Tenant = TenantId.Parse("t1");
    public static readonly RedactionRequest Request = new(RedactionReason.Parse("art. 17"), "dpo");

    public static NewEvent Personal(string id, int padding = 0) =>
        Some.Event("Registered", id, padding == 0 ? Secret : $$"""{"name":"Ada","text":"{{new string('x', padding)}}"}""") with { Metadata = JsonObjectText.Parse("""{"ip":"::1"}""") };

    public static EventId Id(string text) => EventId.TryParse(text, out var id) ? id : throw new FormatException(text);

    public static async Task<RedactionResult.Redacted> RedactAsync(StoreFixture fixture, string id) =>
        Assert.IsType<RedactionResult.Redacted>(await fixture.Process.Redactor.RedactAsync(Tenant, Id(id), Request, CancellationToken.None));

    /// <summary>The document as the store wrote it, without what the database adds.</summary>
    public static async Task<string> DocumentAsync(StoreFixture fixture, StreamId stream, long commit)
    {
        using var response = await fixture.Events.ReadItemStreamAsync(
            CommitNumber.ToId(commit), new PartitionKeyBuilder().Add(Tenant.StorageKey).Add(stream.ToString()).Build());
        using var reader = new StreamReader(response.Content);
        var text = await reader.ReadToEndAsync();
        return text[..text.IndexOf(",\"_rid\"", StringComparison.Ordinal)] + "}";
    }
}

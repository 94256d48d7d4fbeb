using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Tests.Upcasting;

/// <summary>Event types as a later build knows them: renamed, split, dropped, changed, and one that it fails on.</summary>
internal static class Evolution
{
    public static readonly string[] StoredTypes = ["RequirementApproved", "ReqApproved", "ReqApprovedAndPublished", "RequirementPublished", "Noise", "Unheard"];

    public static readonly EventType Approved = EventType.Parse("RequirementApproved");

    public static void LaterBuild(IServiceCollection services) => services.AddEventTypes(Describe);

    public static void Describe(EventCatalogBuilder types)
    {
        var published = EventType.Parse("RequirementPublished");
        types.Add(Approved)
            .From(1).To(2, static data => data["role"] ??= "REVIEWER")
            .From(2).To(3, static (data, e) => data["approvedAt"] ??= EventStore.Time.Rfc3339.Format(e.OccurredAt));
        types.Add(published);
        types.Add(EventType.Parse("ReqApproved")).From(1).RenameTo(Approved, 1);
        types.Add(EventType.Parse("ReqApprovedAndPublished")).From(1).SplitInto(parts => parts
            .Into(Approved, 2, static (_, _) => new JsonObject { ["role"] = "PM" })
            .Into(published, 1, static (data, _) => data));
        types.Add(EventType.Parse("Noise")).From(1).Drop();
        types.Add(EventType.Parse("Broken")).From(1).To(2, static _ => throw new FormatException("secret"));
    }

    public static NewEvent Event(string type, int? version = 1, string data = "{}", string? id = null) => Some.Event(type, id, data) with { SchemaVersion = version };

    public static string Line(this RecordedEvent e) => $"{e.Id} {e.Type} v{e.SchemaVersion} {e.Data}";
}

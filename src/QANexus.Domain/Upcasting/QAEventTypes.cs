using System.Text.Json.Nodes;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;
using QANexus.EventStore.Upcasting;

namespace QANexus.Domain.Upcasting;

/// <summary>The event types of the domain, and how older versions of them become what they are now.</summary>
public static class QAEventTypes
{
    /// <summary>The role of an approver of whom version 1 of the event says none.</summary>
    private const string UnstatedRole = "REVIEWER";

    /// <summary>
    /// Only types are asked for, no members: clients append these events too, with what they know, and the aggregates have an answer for everything
    /// that is missing.
    /// </summary>
    private const string ApprovedSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "RequirementApproved, version 3",
          "type": "object",
          "properties": {
            "title": { "type": "string", "description": "Of the requirement, as approved." },
            "approverId": { "type": "string", "description": "Who approved." },
            "approverRole": { "type": "string", "description": "In which role; REVIEWER where version 1 did not say." },
            "approvedAt": { "type": "string", "description": "When, RFC 3339; the time of the event where versions 1 and 2 did not say." },
            "score": { "type": "number", "description": "The quality score at approval." }
          }
        }
        """;

    private const string AchievedSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "ReleaseReadinessAchieved, version 2",
          "type": "object",
          "properties": {
            "version": { "type": "string" },
            "score": { "type": "number", "description": "The release confidence score, 0 to 100." },
            "deploymentWindow": {
              "type": "object",
              "description": "When the release may be deployed; a day from the event on where version 1 did not say.",
              "properties": {
                "startTime": { "type": "string" },
                "endTime": { "type": "string" },
                "reason": { "type": "string" }
              }
            }
          }
        }
        """;

    private static readonly TimeSpan UnstatedWindow = TimeSpan.FromHours(24);

    /// <summary>Makes them known.</summary>
    public static void Describe(EventCatalogBuilder catalog)
    {
        foreach (var type in All)
        {
            catalog.Add(type);
        }

        catalog.Add(EventType.Parse(nameof(RequirementApproved)))
            .From(1).To(2, static data => Default(data, "approverRole", UnstatedRole))
            .From(2).To(3, static (data, e) => Default(data, "approvedAt", Rfc3339.Format(e.OccurredAt)))
            .WithSchema(ApprovedSchema);
        catalog.Add(EventType.Parse(nameof(ReleaseReadinessAchieved)))
            .From(1).To(2, static (data, e) => Default(data, "deploymentWindow", WindowFrom(e)))
            .WithSchema(AchievedSchema);
    }

    /// <summary>Every event type that an aggregate of the domain folds.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        .. new RequirementAggregate().EventTypes, .. new SprintAggregate().EventTypes, .. new ReleaseAggregate().EventTypes,
        .. new BugAggregate().EventTypes, .. new TestRunAggregate().EventTypes, .. new ReservationAggregate().EventTypes,
    ];

    /// <summary>What is there stays, null included: somebody wrote it.</summary>
    private static void Default(JsonObject data, string member, JsonNode value)
    {
        if (!data.ContainsKey(member))
        {
            data[member] = value;
        }
    }

    private static JsonObject WindowFrom(RecordedEvent e) => new()
    {
        ["startTime"] = Rfc3339.Format(e.OccurredAt),
        ["endTime"] = Rfc3339.Format(e.OccurredAt < DateTimeOffset.MaxValue - UnstatedWindow ? e.OccurredAt + UnstatedWindow : DateTimeOffset.MaxValue),
        ["reason"] = "Not stated when the release became ready.",
    };
}

namespace QANexus.EventStore.Upcasting;

/// <summary>Describes one event type: the versions that were ever stored, and how each becomes the next.</summary>
public sealed class EventTypeBuilder
{
    private readonly EventTypeDraft draft;

    internal EventTypeBuilder(EventTypeDraft draft) => this.draft = draft;

    /// <summary>
    /// States the latest version, which otherwise is the highest that a step takes or makes, and 1 without steps. The catalogue is refused where the
    /// steps say otherwise.
    /// </summary>
    public EventTypeBuilder AtVersion(int latest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(latest, 1);
        draft.StatedVersions.Add(latest);
        return this;
    }

    /// <summary>Gives the JSON Schema (draft 2020-12) that the data of new events must meet: of the latest version, appended as that.</summary>
    public EventTypeBuilder WithSchema(string schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schema);
        draft.Schemas.Add(schema);
        return this;
    }

    /// <summary>Begins the step that events stored in <paramref name="version"/> take; what follows says where it leads.</summary>
    public UpcastStepBuilder From(int version)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        draft.Begun.Add(version);
        return new UpcastStepBuilder(this, draft, version);
    }
}

namespace QANexus.EventStore.Upcasting;

/// <summary>A step of the catalogue.</summary>
/// <param name="Description">What it takes and what it makes.</param>
/// <param name="LookUpService">The service that its look-up asks, if it asks one.</param>
/// <param name="Body">Does it.</param>
internal sealed record UpcastStep(UpcastStepDescription Description, Type? LookUpService, UpcastBody Body)
{
    public IReadOnlyList<EventTypeVersion> Targets => Description.Targets;

    public bool IsSplit => Description.Kind is UpcastStepKind.Split;
}

namespace QANexus.EventStore.Upcasting;

/// <summary>One upcasting step, as the schema catalogue shows it.</summary>
/// <param name="From">The version that it takes.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Targets">What it makes, in the order of the parts; empty where it always drops the event.</param>
/// <param name="HasLookUp">It asks for something that is not in the event.</param>
public sealed record UpcastStepDescription(EventTypeVersion From, UpcastStepKind Kind, IReadOnlyList<EventTypeVersion> Targets, bool HasLookUp)
{
    /// <summary>The step in words: <c>RequirementApproved v2 to v3</c>.</summary>
    public override string ToString()
    {
        var from = From;
        return Kind switch
        {
            UpcastStepKind.Drop when Targets.Count == 0 => $"{From} dropped",
            UpcastStepKind.Drop => $"{From} dropped or to v{Targets[0].Version}",
            UpcastStepKind.Split => $"{From} into {string.Join(", ", Targets)}",
            _ when Targets[0].Type == from.Type => $"{From} to v{Targets[0].Version}",
            _ => $"{From} to {Targets[0]}",
        };
    }
}

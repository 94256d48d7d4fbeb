namespace QANexus.Domain.Requirements;

/// <summary>One thing that must hold for a requirement to be done.</summary>
/// <param name="Id">Its name within the requirement.</param>
/// <param name="Text">What must hold.</param>
public sealed record AcceptanceCriterion(string Id, string Text);

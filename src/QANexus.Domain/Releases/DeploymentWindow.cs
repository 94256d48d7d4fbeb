namespace QANexus.Domain.Releases;

/// <summary>When a ready release may be deployed.</summary>
/// <param name="StartTime">From when on.</param>
/// <param name="EndTime">Until when: after that the score says nothing any more.</param>
/// <param name="Reason">Why then.</param>
public sealed record DeploymentWindow(DateTimeOffset StartTime, DateTimeOffset EndTime, string Reason);

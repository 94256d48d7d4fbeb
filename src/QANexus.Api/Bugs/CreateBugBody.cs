using System.Collections.Immutable;
using QANexus.Domain.Bugs;

namespace QANexus.Api.Bugs;

/// <summary>A bug to be reported.</summary>
internal sealed record CreateBugBody
{
    public string? Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Whom the caller reports it for; the caller where nothing is said.</summary>
    public string? ReportedBy { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    public string? LinkedRequirementId { get; init; }

    public string? LinkedTestRunId { get; init; }

    public string? LinkedTestCaseId { get; init; }

    public string? ReleaseId { get; init; }

    public NewBug ToBug(string caller) => new()
    {
        Title = Title,
        Description = Description,
        ReportedBy = ReportedBy ?? caller,
        Tags = Tags,
        LinkedRequirementId = LinkedRequirementId,
        LinkedTestRunId = LinkedTestRunId,
        LinkedTestCaseId = LinkedTestCaseId,
        ReleaseId = ReleaseId,
    };
}

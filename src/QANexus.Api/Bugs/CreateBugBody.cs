using System.Collections.Immutable;
using QANexus.Domain.Bugs;

namespace QANexus.Api.Bugs;

/// <summary>A bug to be reported.</summary>
internal sealed record CreateBugBody
{
    public string? Id { get; set; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Whom the caller reports it for; the caller where nothing is said.</summary>
    public string? ReportedBy { get; set; }

    public ImmutableArray<string> Tags { get; set; } = [];

    public string? LinkedRequirementId { get; set; }

    public string? LinkedTestRunId { get; set; }

    public string? LinkedTestCaseId { get; set; }

    public string? ReleaseId { get; set; }

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

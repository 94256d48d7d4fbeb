using System.ComponentModel.DataAnnotations;

namespace QANexus.Domain.Policies;

/// <summary>What can be set of the policies of a tenant. What is not set is as for all tenants, or as the domain has it.</summary>
public sealed class PolicySettings
{
    /// <summary>The least quality score that a requirement is approved and planned with, 0 to 100. Default 75.</summary>
    [Range(0, 100)]
    public decimal? MinimumRqs { get; set; }

    /// <summary>Whether a requirement that nobody analysed can be approved. Default no.</summary>
    public bool? WaivesAnalysis { get; set; }

    /// <summary>The least confidence score that a release is ready with, 0 to 100. Default 75.</summary>
    [Range(0, 100)]
    public int? MinimumScore { get; set; }

    /// <summary>The least pass rate that a release is ready with, in percent. Default 80.</summary>
    [Range(0, 100)]
    public int? MinimumPassRate { get; set; }

    /// <summary>Ready requirements in percent, advisory. Default 90.</summary>
    [Range(0, 100)]
    public int? MinimumReadyRequirements { get; set; }

    /// <summary>Security and operations in percent, advisory. Default 70.</summary>
    [Range(0, 100)]
    public int? MinimumSecurity { get; set; }

    /// <summary>Open bugs of high severity, advisory. Default 2.</summary>
    [Range(0, 1_000_000)]
    public int? MaximumHighBugs { get; set; }

    /// <summary>A score below it blocks instead of warning, 0 to 100. Default 50.</summary>
    [Range(0, 100)]
    public int? BlockedBelow { get; set; }

    /// <summary>How old the score may be that a release is shipped or deployed with, a minute to 30 days. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan? MaxScoreAge { get; set; }

    /// <summary>Whether a bug is reported for every test that failed when its run is completed. Default no.</summary>
    public bool? ReportsFailedTests { get; set; }
}

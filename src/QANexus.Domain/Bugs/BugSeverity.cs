using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Bugs;

/// <summary>How bad a bug is, the worst first.</summary>
[JsonConverter(typeof(UpperSnakeWords<BugSeverity>))]
public enum BugSeverity
{
    /// <summary>Outage, data loss, security breach.</summary>
    Critical,

    /// <summary>A major feature is broken.</summary>
    High,

    /// <summary>Partly broken, with a way around.</summary>
    Medium,

    /// <summary>Cosmetic.</summary>
    Low,
}

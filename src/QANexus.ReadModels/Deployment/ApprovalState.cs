using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Deployment;

/// <summary>What became of a request to approve a deployment.</summary>
[JsonConverter(typeof(UpperSnakeWords<ApprovalState>))]
internal enum ApprovalState
{
    Requested,

    /// <summary>The release went out.</summary>
    Approved,

    /// <summary>The release was given up.</summary>
    Rejected,

    /// <summary>There is nothing to approve any more.</summary>
    Withdrawn,
}

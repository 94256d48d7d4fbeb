using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Actors;

/// <summary>What somebody is in a tenant.</summary>
[JsonConverter(typeof(UpperSnakeWords<Role>))]
public enum Role
{
    Viewer,
    Dev,
    Qa,

    /// <summary>Engineering manager.</summary>
    Em,

    /// <summary>Product manager.</summary>
    Pm,
    OrgAdmin,
}

using QANexus.Domain.Releases;

namespace QANexus.Api.Releases;

/// <summary>A release to be planned.</summary>
internal sealed record CreateReleaseBody
{
    public string? Id { get; set; }

    public required string Version { get; init; }

    public required string Environment { get; init; }

    public NewRelease ToRelease() => new(Version, Environment);
}
